package source

import (
	"bytes"
	"strings"
	"unicode/utf8"

	"golang.org/x/text/encoding"
	"golang.org/x/text/encoding/simplifiedchinese"
	"golang.org/x/text/encoding/traditionalchinese"
	"golang.org/x/text/encoding/unicode"
)

// decode returns b as UTF-8, and what it was. The order is that of how sure one can be: a byte order mark, UTF-8,
// UTF-16, then GB18030, and Big5 only where it reads better as Chinese. Latin-1 is never guessed.
func decode(b []byte) (text []byte, name string, ok bool) {
	switch {
	case bytes.HasPrefix(b, []byte("\xef\xbb\xbf")):
		return bytes.ToValidUTF8(b[3:], []byte("�")), "UTF-8", true
	case bytes.HasPrefix(b, []byte("\xff\xfe")):
		return decodeUTF16(b[2:], unicode.LittleEndian), "UTF-16LE", true
	case bytes.HasPrefix(b, []byte("\xfe\xff")):
		return decodeUTF16(b[2:], unicode.BigEndian), "UTF-16BE", true
	}
	// UTF-16 without a mark is told by the NULs beside its digits and line ends, or by its line ends alone.
	if order, ok := orderOf(b); ok {
		text := decodeUTF16(b, order)
		if order == unicode.LittleEndian {
			return text, "UTF-16LE", true
		}
		return text, "UTF-16BE", true
	}
	if validButForItsEnd(b) || nearlyUTF8(b) {
		return bytes.ToValidUTF8(b, []byte("�")), "UTF-8", true
	}
	gb, gbOK := decodeWith(simplifiedchinese.GB18030, b)
	big, bigOK := decodeWith(traditionalchinese.Big5, b)
	switch {
	case gbOK && (!bigOK || commonShare(gb) >= commonShare(big)):
		return gb, "GB18030", true
	case bigOK:
		return big, "Big5", true
	}
	return nil, "", false
}

// validButForItsEnd tells whether b is UTF-8, the last character of which may be cut off.
func validButForItsEnd(b []byte) bool {
	for cut := 0; cut < utf8.UTFMax && cut <= len(b); cut++ {
		if utf8.Valid(b[:len(b)-cut]) {
			return cut == 0 || !utf8.FullRune(b[len(b)-cut:])
		}
	}
	return false
}

// nearlyUTF8 tells whether b is UTF-8 with a little damage: no other encoding has a hundred characters of several bytes
// that are all right for one that is not.
func nearlyUTF8(b []byte) bool {
	good, broken := 0, 0
	for len(b) > 0 {
		r, size := utf8.DecodeRune(b)
		switch {
		case r == utf8.RuneError && size == 1:
			broken++
		case size > 1:
			good++
		}
		b = b[size:]
	}
	return good >= 100*broken
}

func decodeUTF16(b []byte, order unicode.Endianness) []byte {
	text, err := unicode.UTF16(order, unicode.IgnoreBOM).NewDecoder().Bytes(b)
	if err != nil {
		return bytes.ToValidUTF8(text, []byte("�"))
	}
	return text
}

// orderOf tells whether b is UTF-16 without a byte order mark: it has line ends of two bytes and decodes to Chinese.
func orderOf(b []byte) (order unicode.Endianness, ok bool) {
	sample := b[:min(len(b), 64<<10)&^1]
	if len(sample) < 4 {
		return unicode.LittleEndian, false
	}
	var little, big int // units that are ASCII in either order
	for i := 0; i < len(sample); i += 2 {
		switch {
		case sample[i] == 0 && sample[i+1] != 0 && sample[i+1] < 0x80:
			big++
		case sample[i+1] == 0 && sample[i] != 0 && sample[i] < 0x80:
			little++
		}
	}
	order, units := unicode.LittleEndian, little
	if big > little {
		order, units = unicode.BigEndian, big
	}
	if units*200 < len(sample) { // fewer than one character in a hundred
		return order, false
	}
	text := decodeUTF16(sample, order)
	return order, utf8.RuneCount(text) > 0 && 10*bytes.Count(text, []byte("�")) < utf8.RuneCount(text) &&
		(commonShare(text) > 0.1 || 10*units > 9*len(sample)/2)
}

// decodeWith decodes b; not ok where more than one character in a hundred has no meaning in the encoding.
func decodeWith(e encoding.Encoding, b []byte) (text []byte, ok bool) {
	text, err := e.NewDecoder().Bytes(b)
	if err != nil {
		return nil, false
	}
	broken := 0
	for _, r := range string(text) {
		if r == utf8.RuneError || r < ' ' && !strings.ContainsRune("\t\n\r\f", r) {
			broken++
		}
	}
	return text, broken*100 <= utf8.RuneCount(text)
}

// common holds the most frequent characters of Chinese texts and of chronicles, simplified and traditional: in the
// right encoding about four Han characters in ten are among them, in a wrong one hardly any.
const common = "的一是在不了有和人这中大为上个国我以要他时来用们生到作地于出就分对成会可主发年动同工也能下过子说产种面而方后多定行学法所民得经十三之进着等部度家电力里如水化高自二理起小物现实加量都两体制机当使点从业本去把性好应开它合还因由其些然前外天政四日社义事平形相全表间样与关各重新线内数正心反你明看原又利比或但质气第向道命此变条只没结解问意建月公无系军情者最立代想已通并提直题党程展五果料革位入常文总次品式活设及管特件长求老头基资边流路级少图山统接知较将组见计别她手角期根论运农指几九区强放决西被干做必战先回则任取据处队南给色光门即保治北造百规热领七海口东导器压志世金增争济阶油思术极交受联认六共权收证改清己美再采转更单风切打白教速花带安场身车例真务具万每目至达走积示议声报完类八离华名确才科张信马节话米整空元况今集温传土许步群广石记需段研界拉林律县街办委镇局村市省" +
	"這為個國時來們發動過說產種麵後經進著電體機當點從業應開還實現間樣與關線內數質氣變條沒結問無軍總設長頭資邊級圖統較將組見計別論運農幾區強戰則據處隊給門規熱領東導壓爭濟階術極聯認權證轉單風帶場車務萬達積議聲報類離華確張馬節話況溫傳許廣記縣辦鎮"

// commonShare returns the share of common characters among those that are not ASCII, of at most the first 20,000.
func commonShare(text []byte) float64 {
	n, hits := 0, 0
	for _, r := range string(text[:min(len(text), 60_000)]) {
		if r < utf8.RuneSelf {
			continue
		}
		n++
		if commonSet[r] {
			hits++
		}
	}
	if n == 0 {
		return 0
	}
	return float64(hits) / float64(n)
}

var commonSet = func() map[rune]bool {
	set := map[rune]bool{}
	for _, r := range common {
		set[r] = true
	}
	return set
}()
