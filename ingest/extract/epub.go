package extract

import (
	"bytes"
	"net/url"
	"path"
	"strings"
)

// readEPUB reads a book's chapters in their order, each file once, without the
// list of contents.
func readEPUB(f *file) error {
	if err := f.checkDRM(); err != nil {
		return err
	}
	container, err := f.zip.tree("META-INF/container.xml")
	if err != nil {
		return err
	}
	name := findLocal(container, "rootfile").attr("full-path")
	book, err := f.zip.tree(name)
	if err != nil {
		return err
	}
	f.setTitle(book.find("dc:title").content())
	seen := map[string]bool{}
	for _, chapter := range chapters(book, path.Dir(name)) {
		if seen[chapter] || !f.zip.has(chapter) {
			continue
		}
		seen[chapter] = true
		if err := f.chapter(chapter); err != nil {
			return err
		}
	}
	return nil
}

// checkDRM refuses books whose text is encrypted; encrypted fonts do not matter.
func (f *file) checkDRM() error {
	if !f.zip.has("META-INF/encryption.xml") {
		return nil
	}
	root, err := f.zip.tree("META-INF/encryption.xml")
	if err != nil {
		return err
	}
	if isTextEncrypted(root) {
		return &Error{Reason: Encrypted, Detail: "the book's text is protected against copying"}
	}
	return nil
}

func isTextEncrypted(n *node) bool {
	if strings.HasSuffix(n.name, "CipherReference") {
		switch ending(n.attr("URI")) {
		case ".xhtml", ".html", ".htm", ".xml":
			return true
		}
	}
	for _, c := range n.children {
		if isTextEncrypted(c) {
			return true
		}
	}
	return false
}

// findLocal returns the first descendant of this local name.
func findLocal(n *node, local string) *node {
	for _, c := range n.children {
		if c.name == local || strings.HasSuffix(c.name, ":"+local) {
			return c
		}
		if found := findLocal(c, local); found != nil {
			return found
		}
	}
	return nil
}

// chapters returns the files of the spine.
func chapters(book *node, dir string) []string {
	manifest, spine := findLocal(book, "manifest"), findLocal(book, "spine")
	if manifest == nil || spine == nil {
		return nil
	}
	files := map[string]string{}
	for _, item := range manifest.children {
		if strings.Contains(" "+item.attr("properties")+" ", " nav ") || !strings.Contains(item.attr("media-type"), "html") {
			continue
		}
		href, err := url.PathUnescape(item.attr("href"))
		if err == nil {
			files[item.attr("id")] = strings.TrimPrefix(path.Join("/", dir, href), "/")
		}
	}
	var names []string
	for _, ref := range spine.children {
		if name := files[ref.attr("idref")]; name != "" {
			names = append(names, name)
		}
	}
	return names
}

// chapter adds the text of one file of the book.
func (f *file) chapter(name string) error {
	data, err := f.zip.part(name)
	if err != nil {
		return err
	}
	if len(bytes.TrimSpace(data)) == 0 {
		return nil
	}
	text, err := decode(data, true)
	if err != nil {
		return err
	}
	return readEmbeddedPage(f.builder, text)
}
