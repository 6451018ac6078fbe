package match

// PossibleSteps is for the brute force of the tests.
var PossibleSteps = possibleSteps

// Within is for its very edge.
var Within = within
