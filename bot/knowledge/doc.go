// Package knowledge turns what hosts have answered into answers of the house: a
// host makes a draft of it, with the words of a document that it rests on, another
// host approves it, and from then on whoever asks the same gets it at once. It goes
// back to hosts when its basis does not stand any more, and all who asked are told.
//
// What such an answer is, and which question it answers, is the room approved's.
// Limits: it writes no words of its own and asks no model; it holds that a basis
// stands, not that it carries what the hosts have written: that is what two people
// look at.
package knowledge
