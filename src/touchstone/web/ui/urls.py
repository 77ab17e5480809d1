"""/styleguide/"""

from django.urls import path

from touchstone.web.ui.styleguide import styleguide

urlpatterns = [path("styleguide/", styleguide, name="styleguide")]
