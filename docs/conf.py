"""The docs site: `make docs` writes it into site/."""

project = "Touchstone"
html_title = "Touchstone"
root_doc = "index"
extensions = ["myst_parser"]
myst_heading_anchors = 3
myst_enable_extensions = ["colon_fence"]
html_theme = "furo"
html_show_sphinx = False
html_copy_source = False
exclude_patterns = ["_build"]
