// Package ask goes from a question to an answer: what is no question and what
// no machine decides is led elsewhere, a question that goes on is searched with
// the one before, the answer is set with the way to people below it, and what
// the asker alone may read follows by direct message.
//
// An Answerer knows no chat; Asking is it in a chat. Limits: how an answer is
// worded is the room answer's, who may read what the room rights', the way to
// people the desk's.
package ask
