// Package approved holds answers that people of the house have written and checked:
// which questions they answer, whose they are, what they rest on and until when
// they are valid. An answer serves only while the words that it rests on stand in a
// document that serves, and only for readers who may read that document; else it
// goes back to its owner.
//
// They come from files of the house (Read) and from tickets that hosts have turned
// into one (Versions). Limits: it words nothing and posts nothing; what a question and
// a question mean the same is told by words alone, so that what is near but other
// never gets an answer that people have checked for something else.
package approved
