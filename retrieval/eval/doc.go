// Package eval measures retrieval over a folder in BEIR form: which documents
// are found, whether the answer's words stand in what a reader would see, and
// whether the judgement of sufficiency is right. It tests a run against an
// earlier one, fits the judgement to a house's questions and draws both.
//
// It reads the folder and computes; how a corpus becomes searchable comes in
// from outside ([Opener]), so that the same measure serves a throw-away
// database and a test's memory.
//
// Every figure comes with a 95 % interval from a bootstrap that draws whole
// documents, because questions on one document succeed and fail together.
package eval
