package web_test

import (
	"compress/gzip"
	"io"
	"net/http"
	"net/http/httptest"
	"regexp"
	"strings"
	"testing"
	"testing/fstest"

	"skein/web"
)

func load(t *testing.T, files map[string]string) *web.Assets {
	t.Helper()
	folder := fstest.MapFS{}
	for name, body := range files {
		folder[name] = &fstest.MapFile{Data: []byte(body)}
	}
	assets, err := web.Load(folder)
	if err != nil {
		t.Fatal(err)
	}
	return assets
}

func get(t *testing.T, handler http.Handler, address string, headers ...string) *http.Response {
	t.Helper()
	request := httptest.NewRequest(http.MethodGet, address, nil)
	for i := 0; i+1 < len(headers); i += 2 {
		request.Header.Set(headers[i], headers[i+1])
	}
	recorder := httptest.NewRecorder()
	handler.ServeHTTP(recorder, request)
	return recorder.Result()
}

func body(t *testing.T, response *http.Response) string {
	t.Helper()
	raw, err := io.ReadAll(response.Body)
	if err != nil {
		t.Fatal(err)
	}
	return string(raw)
}

const sheet = `
@font-face { font-family: Here; src: url(../vendor/here.woff2); }
@font-face { font-family: Missing; src: url("../vendor/missing.woff2"); }
p { background: url(../img/a.svg); }`

func TestAHashedAddressIsKeptForEver(t *testing.T) {
	t.Parallel()
	assets := load(t, map[string]string{"js/a.js": "1"})
	address := assets.URL("js/a.js")
	if !regexp.MustCompile(`^/static/js/a\.[0-9a-f]{12}\.js$`).MatchString(address) {
		t.Fatalf("the address is %s", address)
	}
	response := get(t, assets, address)
	if response.StatusCode != 200 || body(t, response) != "1" {
		t.Errorf("%s answers %d", address, response.StatusCode)
	}
	if got := response.Header.Get("Cache-Control"); !strings.Contains(got, "immutable") {
		t.Errorf("Cache-Control: %s", got)
	}
	if other := load(t, map[string]string{"js/a.js": "2"}).URL("js/a.js"); other == address {
		t.Error("another content has the same address")
	}
	if got := response.Header.Get("Content-Type"); got != "text/javascript; charset=utf-8" {
		t.Errorf("Content-Type: %s", got)
	}
}

func TestAPlainAddressIsAskedAgain(t *testing.T) {
	t.Parallel()
	assets := load(t, map[string]string{"js/a.js": "1"})
	response := get(t, assets, "/static/js/a.js")
	if got := response.Header.Get("Cache-Control"); got != "no-cache" {
		t.Errorf("Cache-Control: %s", got)
	}
	again := get(t, assets, "/static/js/a.js", "If-None-Match", response.Header.Get("ETag"))
	if again.StatusCode != http.StatusNotModified {
		t.Errorf("the second time it answers %d", again.StatusCode)
	}
}

func TestAStyleSheetNamesHashedFilesAndNoMissingFonts(t *testing.T) {
	t.Parallel()
	assets := load(t, map[string]string{"css/a.css": sheet, "vendor/here.woff2": "font", "img/a.svg": "<svg/>"})
	css := body(t, get(t, assets, assets.URL("css/a.css")))
	for _, want := range []string{assets.URL("vendor/here.woff2"), assets.URL("img/a.svg")} {
		if !strings.Contains(css, "url("+want+")") {
			t.Errorf("%s is not named in\n%s", want, css)
		}
	}
	if strings.Contains(css, "Missing") {
		t.Errorf("a browser would ask for a font that is not there:\n%s", css)
	}
	without := load(t, map[string]string{"css/a.css": sheet, "img/a.svg": "<svg/>"})
	if without.URL("css/a.css") == assets.URL("css/a.css") {
		t.Error("the sheet keeps its address although what it names has changed")
	}
}

func TestWhatCompressesIsSentCompressed(t *testing.T) {
	t.Parallel()
	words := strings.Repeat("a { color: red } ", 100)
	assets := load(t, map[string]string{"css/a.css": words})
	response := get(t, assets, assets.URL("css/a.css"), "Accept-Encoding", "br, gzip")
	if response.Header.Get("Content-Encoding") != "gzip" {
		t.Fatal("it is sent as it is")
	}
	unpacked, err := gzip.NewReader(response.Body)
	if err != nil {
		t.Fatal(err)
	}
	raw, err := io.ReadAll(unpacked)
	if err != nil || string(raw) != words {
		t.Errorf("unpacked it is %d bytes, %v", len(raw), err)
	}
}

func TestOnlyWhatIsThereAndOnlyReading(t *testing.T) {
	t.Parallel()
	assets := load(t, map[string]string{"js/a.js": "1"})
	for _, address := range []string{"/static/js/b.js", "/static/", "/static/../go.mod", "/static/js/a.0123456789ab.js"} {
		if got := get(t, assets, address).StatusCode; got != http.StatusNotFound {
			t.Errorf("%s answers %d", address, got)
		}
	}
	recorder := httptest.NewRecorder()
	assets.ServeHTTP(recorder, httptest.NewRequest(http.MethodPost, "/static/js/a.js", nil))
	if recorder.Code != http.StatusMethodNotAllowed {
		t.Errorf("POST answers %d", recorder.Code)
	}
	if got := assets.URL("js/none.js"); got != "/static/js/none.js" {
		t.Errorf("a missing file has the address %s", got)
	}
}

func TestOurOwnFilesAreThere(t *testing.T) {
	t.Parallel()
	for _, name := range []string{"css/skein.css", "js/skein.js", "img/mark-light.svg", "img/mark-dark.svg"} {
		if !web.Has(name) {
			t.Errorf("%s is missing", name)
		}
	}
}
