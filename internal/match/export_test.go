package match

// PossibleSteps is for the brute force of the tests.
var PossibleSteps = possibleSteps
