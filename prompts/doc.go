// Package prompts is the catalogue of every text that staff or a model read.
//
// One text is one file, texts/<area>/<name>.md.tmpl, a text/template with typed
// data; each has one method of [Catalogue] that renders it. A house replaces a
// text by a file of the same name in a folder of its own, see [Load]. Data is
// inserted as it is: whoever passes words of users or documents makes them safe
// first (bot/answer.Safe), and no datum is ever parsed as a template.
package prompts
