package web

import (
	"bytes"
	"net/url"
	"path"
	"strings"

	"lvr.example/sprechstunde/ingest/extract"
)

// readEPUB reads a book's chapters in their order, each file once, without the
// list of contents.
func readEPUB(f *extract.File) error {
	b := book{f}
	if err := b.checkDRM(); err != nil {
		return err
	}
	container, err := f.Zip.Tree("META-INF/container.xml")
	if err != nil {
		return err
	}
	name := container.FindLocal("rootfile").Attr("full-path")
	contents, err := f.Zip.Tree(name)
	if err != nil {
		return err
	}
	f.SetTitle(contents.Find("dc:title").Content())
	seen := map[string]bool{}
	all := chapters(contents, path.Dir(name))
	for i, chapter := range all {
		if seen[chapter] || !f.Zip.Has(chapter) || !f.Next(i+1, len(all)) {
			continue
		}
		seen[chapter] = true
		if err := b.chapter(chapter); err != nil {
			return err
		}
	}
	return nil
}

// book is a book being read.
type book struct{ *extract.File }

// checkDRM refuses books whose text is encrypted; encrypted fonts do not matter.
func (b book) checkDRM() error {
	if !b.Zip.Has("META-INF/encryption.xml") {
		return nil
	}
	root, err := b.Zip.Tree("META-INF/encryption.xml")
	if err != nil {
		return err
	}
	if isTextEncrypted(root) {
		return &extract.Error{Reason: extract.Encrypted, Detail: "the book's text is protected against copying"}
	}
	return nil
}

func isTextEncrypted(n *extract.Node) bool {
	if strings.HasSuffix(n.Name, "CipherReference") {
		switch extract.Ending(n.Attr("URI")) {
		case ".xhtml", ".html", ".htm", ".xml":
			return true
		}
	}
	for _, c := range n.Children {
		if isTextEncrypted(c) {
			return true
		}
	}
	return false
}

// chapters returns the files of the spine.
func chapters(book *extract.Node, dir string) []string {
	manifest, spine := book.FindLocal("manifest"), book.FindLocal("spine")
	if manifest == nil || spine == nil {
		return nil
	}
	files := map[string]string{}
	for _, item := range manifest.Children {
		if strings.Contains(" "+item.Attr("properties")+" ", " nav ") || !strings.Contains(item.Attr("media-type"), "html") {
			continue
		}
		href, err := url.PathUnescape(item.Attr("href"))
		if err == nil {
			files[item.Attr("id")] = strings.TrimPrefix(path.Join("/", dir, href), "/")
		}
	}
	var names []string
	for _, ref := range spine.Children {
		if name := files[ref.Attr("idref")]; name != "" {
			names = append(names, name)
		}
	}
	return names
}

// chapter adds the text of one file of the book.
func (b book) chapter(name string) error {
	data, err := b.Zip.Part(name)
	if err != nil {
		return err
	}
	if len(bytes.TrimSpace(data)) == 0 {
		return nil
	}
	text, err := extract.Decode(data, true)
	if err != nil {
		return err
	}
	return AddPage(b.Builder, text)
}
