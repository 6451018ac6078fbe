package browser

import (
	"os"
	"path/filepath"
	"regexp"

	"github.com/chromedp/cdproto/page"
)

// aSheet is a page in a PDF; its tree of pages is called Pages.
var aSheet = regexp.MustCompile(`/Type\s*/Page\b`)

// Sheets is how many sheets of A4 the page takes that somebody prints, as browsers print it without being asked
// otherwise: with a margin of a centimetre, and without grounds. Where pictures are taken the sheets are among them.
func (p *Page) Sheets(name string) int {
	p.t.Helper()
	pdf := call(p, page.PrintToPDF, page.PrintToPDFParams{PaperWidth: 8.27, PaperHeight: 11.69}).Data
	if dir := os.Getenv("SKEIN_SCREENSHOTS"); dir != "" {
		if err := os.WriteFile(filepath.Join(dir, name+".pdf"), pdf, 0o600); err != nil {
			p.t.Fatal(err)
		}
	}
	return len(aSheet.FindAll(pdf, -1))
}
