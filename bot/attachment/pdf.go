package attachment

import (
	"bytes"
	"strings"

	"github.com/pdfcpu/pdfcpu/pkg/api"
	"github.com/pdfcpu/pdfcpu/pkg/pdfcpu/model"
	"github.com/pdfcpu/pdfcpu/pkg/pdfcpu/types"
)

func init() { api.DisableConfigDir() } // it would write below the home of whoever runs this

// document writes a PDF anew: its pages, without what it says of who made it, and
// without anything that acts or is another file.
func document(content []byte) ([]byte, string, error) {
	conf := model.NewDefaultConfiguration()
	conf.Offline, conf.Optimize, conf.OptimizeBeforeWriting = true, false, false
	ctx, err := api.ReadAndValidate(bytes.NewReader(content), conf)
	if err != nil {
		if strings.Contains(string(content), "/Encrypt") {
			return nil, "", &Refused{Reason: Locked, Err: err}
		}
		return nil, "", err
	}
	if ctx.Encrypt != nil {
		return nil, "", refused(Locked)
	}
	ctx.Info, ctx.ID, ctx.AdditionalStreams = nil, nil, nil
	ctx.Title, ctx.Author, ctx.Subject, ctx.Creator, ctx.Keywords, ctx.Properties = "", "", "", "", "", nil
	ctx.CatalogXMPMeta = nil
	for _, entry := range ctx.Table {
		if entry != nil {
			entry.Object = scrubbed(entry.Object)
		}
	}
	scrub(ctx.RootDict)
	var out bytes.Buffer
	if err := api.WriteContext(ctx, &out); err != nil {
		return nil, "", err
	}
	return out.Bytes(), "pdf", nil
}

// scrubbed is an object of a PDF without what says who made it.
func scrubbed(o types.Object) types.Object {
	switch o := o.(type) {
	case types.Dict:
		scrub(o)
	case types.Array:
		for i := range o {
			o[i] = scrubbed(o[i])
		}
	case types.StreamDict:
		scrub(o.Dict)
		return withoutExif(o)
	case *types.StreamDict:
		scrub(o.Dict)
		*o = withoutExif(*o)
	}
	return o
}

// told are keys of dictionaries that say who made something, by what and when, or that
// let it act or bring another file along.
var told = []string{
	"Metadata", "PieceInfo", "LastModified", "CreatorInfo", "AA", "OpenAction", "JavaScript", "JS", "EmbeddedFiles", "EF", "AF", "Collection", "XFA", "Perms", "DSS",
}

// annotators are keys of what people put on a page, which name them.
var annotators = []string{"T", "NM", "M", "CreationDate", "RC", "FS"}

// signers are keys of a signature.
var signers = []string{"Name", "Location", "ContactInfo", "Cert", "Prop_Build", "M"}

func scrub(d types.Dict) {
	drop := func(keys []string) {
		for _, key := range keys {
			d.Delete(key)
		}
	}
	drop(told)
	subtype := d.Subtype()
	if _, placed := d.Find("Rect"); placed && subtype != nil && *subtype != "Widget" {
		drop(annotators)
	}
	if kind := d.Type(); kind != nil && (*kind == "Sig" || *kind == "DocTimeStamp") {
		drop(signers)
	}
	if action := d.NameEntry("S"); action != nil && (*action == "Launch" || *action == "ImportData" || *action == "SubmitForm") {
		drop([]string{"F", "Win", "Mac", "Unix"})
	}
	for key, o := range d {
		d[key] = scrubbed(o)
	}
}

// withoutExif is an image of a PDF without what its camera says.
func withoutExif(sd types.StreamDict) types.StreamDict {
	if len(sd.FilterPipeline) != 1 || sd.FilterPipeline[0].Name != "DCTDecode" {
		return sd
	}
	raw, ok := bare(sd.Raw)
	if !ok {
		return sd
	}
	length := int64(len(raw))
	sd.Raw, sd.StreamLength, sd.StreamLengthObjNr = raw, &length, nil
	sd.Update("Length", types.Integer(length))
	return sd
}
