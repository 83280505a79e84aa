// Package masking finds what tells who somebody is in a text that goes to other
// people: addresses, numbers and names. It is pure: rules over the text, a list of
// given names, and the names of the house's people.
//
// Limits: German texts. It marks, and its caller shows what it marked: a name that is
// another word as well ("Koch") is found behind a sign of a person alone ("Herr Koch",
// "T. Koch"), and what only those who know the case can recognise is not found at all.
// testdata/texts.txt says what is to be marked; measure_test.go how much is.
package masking
