// Package german analyses German text for search: the same way for documents
// and for questions, so that what staff type meets what documents say.
//
// [Words] finds the words of a text and gives each the keys under which it is
// indexed; [Grams] gives the character n-grams that connect compounds, word
// families and typing errors; [Sentences] cuts a text where a reader would;
// [Synonyms] holds the house's abbreviations and is applied to questions only,
// so that a change needs no new index.
//
// The rules, in the order in which they are applied (measured or reported in
// the works named in each file):
//
//  1. Soft hyphens, zero-width characters and hyphens at a line's end vanish
//     inside a word; before a capital or a digit the hyphen stays.
//  2. Gender forms (:innen *innen _innen /innen Innen, and :in …) become the
//     base form, and so do -erin, -erinnen and their like.
//  3. Dates and paragraphs become tokens of their own (3.12.2026 =
//     2026-12-03, "§ 26 Abs. 8" = §26, §26abs8).
//  4. NFKC, lower case, ß = ss, ä = ae = a and so on, other marks dropped.
//  5. CamelCase and hyphens: the joined form and each part.
//  6. Stop words leave, but an abbreviation in capitals (DA, IM) never does.
//  7. Snowball's German stem, with one addition (-ier).
//
// The package is pure: no state, no input or output, safe for concurrent use.
package german
