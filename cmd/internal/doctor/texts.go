package doctor

import (
	"context"
	"fmt"

	"lvr.example/sprechstunde/cmd/internal/house"
	"lvr.example/sprechstunde/cmd/internal/library"
)

// examineTexts says whether the house's own texts can be used; nothing where it has none.
func (r *round) examineTexts(context.Context) []Finding {
	folder := r.site.Config.Texts
	if folder == "" {
		return nil
	}
	if _, err := house.Texts(r.site.Config); err != nil {
		return broken("texts", err, "correct the file that is named, or take texts out of the configuration")
	}
	return ok("texts", "the house's own are in "+folder)
}

// examineSynonyms says whether the house's file of synonyms can be used; nothing where it
// has none.
func (r *round) examineSynonyms(context.Context) []Finding {
	file := r.site.Config.Synonyms
	if file == "" {
		return nil
	}
	list, err := library.ReadSynonyms(file)
	if err != nil {
		return broken("synonyms", err, "correct the line that is named, or take synonyms out of the configuration")
	}
	return ok("synonyms", fmt.Sprintf("%d groups in %s", len(list.Groups()), file))
}
