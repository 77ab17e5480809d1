"""The many-facet Rasch model: design, likelihood, calibration, fit."""
