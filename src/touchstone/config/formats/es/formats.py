"""Spanish as it is written in the United States: decimal points, the month before the day where both are figures."""

SHORT_DATE_FORMAT = "m/d/Y"
SHORT_DATETIME_FORMAT = "m/d/Y H:i"
DATE_INPUT_FORMATS = ["%Y-%m-%d", "%m/%d/%Y"]
FIRST_DAY_OF_WEEK = 0
DECIMAL_SEPARATOR = "."
THOUSAND_SEPARATOR = ","
