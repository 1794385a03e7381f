package edtf_test

import (
	"encoding/json"
	"errors"
	"fmt"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
	"pgregory.net/rapid"

	"fangzhi/edtf"
)

func TestParse(t *testing.T) {
	for _, tt := range []struct {
		text, start, end string
		precision        edtf.Precision
	}{
		{"2020-12-17", "2020-12-17", "2020-12-17", edtf.PrecisionDay},
		{"2020-12-04T09:30:00", "2020-12-04", "2020-12-04", edtf.PrecisionDay},
		{"2020-12-04T23:59:59+08:00", "2020-12-04", "2020-12-04", edtf.PrecisionDay},
		{"2020-02", "2020-02-01", "2020-02-29", edtf.PrecisionMonth},
		{"2020-12-XX", "2020-12-01", "2020-12-31", edtf.PrecisionMonth},
		{"2020", "2020-01-01", "2020-12-31", edtf.PrecisionYear},
		{"2020-XX", "2020-01-01", "2020-12-31", edtf.PrecisionYear},
		{"2020-XX-XX", "2020-01-01", "2020-12-31", edtf.PrecisionYear},
		{"-0220", "-0220-01-01", "-0220-12-31", edtf.PrecisionYear},
		{"0000-02-29", "0000-02-29", "0000-02-29", edtf.PrecisionDay},
		{"-9999-01-01", "-9999-01-01", "-9999-01-01", edtf.PrecisionDay},
		{"9999-12-31", "9999-12-31", "9999-12-31", edtf.PrecisionDay},

		{"2020-21", "2020-03-01", "2020-05-31", edtf.PrecisionInterval},
		{"2019-24", "2019-12-01", "2020-02-29", edtf.PrecisionInterval},
		{"2020-32", "2020-06-01", "2020-08-31", edtf.PrecisionInterval},
		{"2020-33", "2020-01-01", "2020-03-31", edtf.PrecisionInterval},
		{"2020-36", "2020-10-01", "2020-12-31", edtf.PrecisionInterval},
		{"2020-38", "2020-05-01", "2020-08-31", edtf.PrecisionInterval},
		{"2020-40", "2020-01-01", "2020-06-30", edtf.PrecisionInterval},
		{"2020-41", "2020-07-01", "2020-12-31", edtf.PrecisionInterval},
		{"195X-21", "1950-03-01", "1959-05-31", edtf.PrecisionApproximate},

		{"2020-12-02/2020-12-04", "2020-12-02", "2020-12-04", edtf.PrecisionInterval},
		{"2016/2020", "2016-01-01", "2020-12-31", edtf.PrecisionInterval},
		{"../2020-12", "", "2020-12-31", edtf.PrecisionInterval},
		{"/2020-12", "", "2020-12-31", edtf.PrecisionInterval},
		{"2020-10-15/..", "2020-10-15", "", edtf.PrecisionInterval},
		{"2020-10-15/", "2020-10-15", "", edtf.PrecisionInterval},
		{"../..", "", "", edtf.PrecisionUnknown},
		{"XXXX/2020", "", "2020-12-31", edtf.PrecisionInterval},
		{"2020-01~/2020-03~", "2020-01-01", "2020-03-31", edtf.PrecisionApproximate},

		{"{2020-12-03,2020-12-08,2020-12-05}", "2020-12-03", "2020-12-08", edtf.PrecisionInterval},
		{"{1667,1668,1670..1672}", "1667-01-01", "1672-12-31", edtf.PrecisionInterval},
		{"{..1983,1985}", "", "1985-12-31", edtf.PrecisionInterval},
		{"[1667,1760-12..]", "1667-01-01", "", edtf.PrecisionApproximate},
		{"[2020-12-01..2020-12-10]", "2020-12-01", "2020-12-10", edtf.PrecisionApproximate},

		{"2020-12~", "2020-12-01", "2020-12-31", edtf.PrecisionApproximate},
		{"1693?", "1693-01-01", "1693-12-31", edtf.PrecisionApproximate},
		{"2020%", "2020-01-01", "2020-12-31", edtf.PrecisionApproximate},
		{"2020~-12-04", "2020-12-04", "2020-12-04", edtf.PrecisionApproximate},
		{"2020-?12-04", "2020-12-04", "2020-12-04", edtf.PrecisionApproximate},
		{"?-0220", "-0220-01-01", "-0220-12-31", edtf.PrecisionApproximate},
		{"195X", "1950-01-01", "1959-12-31", edtf.PrecisionApproximate},
		{"18XX", "1800-01-01", "1899-12-31", edtf.PrecisionApproximate},
		{"-06XX", "-0699-01-01", "-0600-12-31", edtf.PrecisionApproximate},
		{"2020-1X", "2020-10-01", "2020-12-31", edtf.PrecisionApproximate},
		{"2020-12-0X", "2020-12-01", "2020-12-09", edtf.PrecisionApproximate},
		{"2021-02-2X", "2021-02-20", "2021-02-28", edtf.PrecisionApproximate},
		{"2021-XX-31", "2021-01-31", "2021-12-31", edtf.PrecisionApproximate},
		{"201X-02-29", "2012-02-29", "2016-02-29", edtf.PrecisionApproximate},

		{"XXXX", "", "", edtf.PrecisionUnknown},
		{"XXXX-12-04", "", "", edtf.PrecisionUnknown},
		{"XXXX-02-29", "", "", edtf.PrecisionUnknown},
		{"XXXX-24", "", "", edtf.PrecisionUnknown},
		{"XXXX?", "", "", edtf.PrecisionUnknown},
	} {
		t.Run(tt.text, func(t *testing.T) {
			d, err := edtf.Parse(tt.text)
			if err != nil {
				t.Fatalf("Parse(%q): %v", tt.text, err)
			}
			got := []string{d.String(), d.Start().String(), d.End().String(), string(d.Precision())}
			want := []string{tt.text, tt.start, tt.end, string(tt.precision)}
			if diff := cmp.Diff(want, got); diff != "" {
				t.Errorf("Parse(%q) text, start, end, precision mismatch (-want +got):\n%s", tt.text, diff)
			}
		})
	}
}

func TestParseRefuses(t *testing.T) {
	for _, text := range []string{
		"", " ", "x", "20", "202", "20201", "2020-", "2020-1", "2020-00", "2020-13", "2020-20", "2020-42", "2020-123",
		"2020-12-00", "2020-11-31", "2021-02-29", "XXXX-02-30", "XXXX-13", "XXX1-02-29", "2020-2X", "2020-21-04", "9999-24",
		"2020-12-04-", "2020-12-04-05", "-0000", "-XXXX", "+2020", "Y12020", "1950S2", "2020/12/04", "2020-12-04/2020-12-03",
		"2020/2019/2018", "/", "{2020}/2021", "2020/[2021]", "{", "{}", "[]", "{2020", "{2020]", "{2020,,2021}", "{..}",
		"{2020,..2021,2022}", "{2020..,2021}", "{2021..2020}", "{2020, 2021}", "2020-12 ", "2020～", "~2020~", "2020~~",
		"2020-12T09:30:00", "2020-12-04T", "2020-12-04T24:00:00", "2020-12-04T09:60:00", "2020-12-04T09:30:00CST", "xxxx", "２０２０",
	} {
		d, err := edtf.Parse(text)
		if !errors.Is(err, edtf.ErrSyntax) || d != edtf.Unknown {
			t.Errorf("Parse(%q) = %v, %v; want Unknown and ErrSyntax", text, d, err)
		}
	}
}

func TestConstructors(t *testing.T) {
	day := func(s string) edtf.Day { return mustDay(t, s) }
	month := edtf.OfMonth(2020, 12)
	for _, tt := range []struct {
		name string
		got  edtf.Date
		want string
	}{
		{"day", edtf.OfDay(day("2020-12-17")), "2020-12-17"},
		{"no day", edtf.OfDay(0), "XXXX"},
		{"month", month, "2020-12"},
		{"month before year 0", edtf.OfMonth(-220, 3), "-0220-03"},
		{"no month", edtf.OfMonth(2020, 13), "XXXX"},
		{"year", edtf.OfYear(980), "0980"},
		{"year before year 0", edtf.OfYear(-220), "-0220"},
		{"no year", edtf.OfYear(10000), "XXXX"},
		{"interval", edtf.Interval(edtf.OfYear(2016), edtf.OfYear(2020)), "2016/2020"},
		{"open start", edtf.Interval(edtf.Unknown, month), "../2020-12"},
		{"open end", edtf.Interval(month, edtf.Unknown), "2020-12/.."},
		{"no interval", edtf.Interval(edtf.Unknown, edtf.Unknown), "XXXX"},
		{"backwards", edtf.Interval(edtf.OfYear(2020), edtf.OfYear(2016)), "XXXX"},
		{"nested", edtf.Interval(edtf.Interval(month, edtf.Unknown), month), "XXXX"},
		{"days", edtf.Days(day("2020-12-03"), day("2020-12-05")), "{2020-12-03,2020-12-05}"},
		{"one day", edtf.Days(day("2020-12-03")), "2020-12-03"},
		{"no days", edtf.Days(), "XXXX"},
		{"a day that is none", edtf.Days(day("2020-12-03"), 0), "XXXX"},
		{"day within", edtf.DayWithin(day("2020-12-01"), day("2020-12-10")), "[2020-12-01..2020-12-10]"},
		{"day within nothing", edtf.DayWithin(day("2020-12-10"), day("2020-12-01")), "XXXX"},
		{"day within an open span", edtf.DayWithin(day("2020-12-10"), 0), "XXXX"},
	} {
		t.Run(tt.name, func(t *testing.T) {
			if got := tt.got.String(); got != tt.want {
				t.Errorf("got %s, want %s", got, tt.want)
			}
			if parsed, err := edtf.Parse(tt.want); err != nil || parsed != tt.got {
				t.Errorf("Parse(%s) = %#v, %v; the constructor gave %#v", tt.want, parsed, err, tt.got)
			}
		})
	}
}

// The zero value is the unknown date, also where it was never parsed.
func TestZeroDateIsUnknown(t *testing.T) {
	var zero edtf.Date
	parsed, err := edtf.Parse("XXXX")
	if err != nil || parsed != zero || !parsed.IsZero() {
		t.Errorf("Parse(XXXX) = %#v, %v; want the zero Date", parsed, err)
	}
	if zero.Precision() != edtf.PrecisionUnknown || zero.String() != "XXXX" {
		t.Errorf("zero Date is %s %s, want XXXX UNKNOWN", zero, zero.Precision())
	}
}

func TestEncodings(t *testing.T) {
	type record struct {
		Date  edtf.Date
		First edtf.Day
		Last  edtf.Day
	}
	date, err := edtf.Parse("2020-10-15/..")
	if err != nil {
		t.Fatal(err)
	}
	in := record{Date: date, First: date.Start(), Last: date.End()}
	data, err := json.Marshal(in)
	if err != nil {
		t.Fatal(err)
	}
	if want := `{"Date":"2020-10-15/..","First":"2020-10-15","Last":null}`; string(data) != want {
		t.Errorf("JSON = %s, want %s", data, want)
	}
	out := record{Last: 7}
	if err := json.Unmarshal(data, &out); err != nil || out != in {
		t.Errorf("Unmarshal(%s) = %+v, %v; want %+v", data, out, err, in)
	}
	for _, bad := range []string{`{"Date":"2020-13"}`, `{"First":"2020-02-30"}`, `{"First":20}`} {
		kept := in
		if err := json.Unmarshal([]byte(bad), &kept); err == nil || kept != in {
			t.Errorf("Unmarshal(%s) = %+v, %v; want an error and nothing changed", bad, kept, err)
		}
	}
	binary, err := date.MarshalBinary()
	if err != nil || string(binary) != "2020-10-15/.." {
		t.Errorf("MarshalBinary = %q, %v; want the EDTF text", binary, err)
	}
	var back edtf.Date
	if err := back.UnmarshalBinary(binary); err != nil || back != date {
		t.Errorf("UnmarshalBinary(%q) = %v, %v; want %v", binary, back, err, date)
	}
}

// Texts made of an EDTF date's letters: some parse, most do not.
func drawText(t *rapid.T) string {
	part := rapid.SampledFrom([]string{"2020", "-0220", "195X", "XXXX", "0000", "1999", "-9999", "9999"})
	sub := rapid.SampledFrom([]string{"", "", "-12", "-02", "-XX", "-0X", "-21", "-24", "-36", "-41"})
	day := rapid.SampledFrom([]string{"", "", "-04", "-31", "-29", "-XX", "-3X"})
	mark := rapid.SampledFrom([]string{"", "", "", "~", "?", "%"})
	date := rapid.Custom(func(t *rapid.T) string {
		return part.Draw(t, "year") + sub.Draw(t, "month") + day.Draw(t, "day") + mark.Draw(t, "mark")
	})
	switch rapid.IntRange(0, 4).Draw(t, "kind") {
	case 0:
		return date.Draw(t, "date")
	case 1:
		side := rapid.OneOf(date, rapid.Just(".."), rapid.Just(""))
		return side.Draw(t, "from") + "/" + side.Draw(t, "to")
	case 2:
		return "{" + strings.Join(rapid.SliceOfN(date, 1, 4).Draw(t, "all"), ",") + "}"
	case 3:
		return "[" + strings.Join(rapid.SliceOfN(date, 1, 2).Draw(t, "ends"), "..") + "]"
	default:
		return rapid.StringOfN(rapid.RuneFrom([]rune("0129X-./~?%{}[],T:")), 0, 24, -1).Draw(t, "text")
	}
}

func TestParsedDatesAreSound(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		if err := sound(drawText(t)); err != nil {
			t.Fatal(err)
		}
	})
}

// sound checks what holds for every text: the same text comes out, the bounds are in order, and
// Unknown precision means no bounds.
func sound(text string) error {
	d, err := edtf.Parse(text)
	if err != nil {
		if !errors.Is(err, edtf.ErrSyntax) || d != edtf.Unknown {
			return fmt.Errorf("Parse(%q) = %#v, %v; want Unknown and ErrSyntax", text, d, err)
		}
		return nil
	}
	if d.String() != text {
		return fmt.Errorf("Parse(%q).String() = %q", text, d)
	}
	if d.Start() != 0 && d.End() != 0 && d.Start() > d.End() {
		return fmt.Errorf("Parse(%q) covers %s to %s", text, d.Start(), d.End())
	}
	if unbounded := d.Start() == 0 && d.End() == 0; unbounded != (d.Precision() == edtf.PrecisionUnknown) {
		return fmt.Errorf("Parse(%q) covers %q to %q, precision %s", text, d.Start(), d.End(), d.Precision())
	}
	if d.Precision() == edtf.PrecisionDay && d.Start() != d.End() {
		return fmt.Errorf("Parse(%q) is a day from %s to %s", text, d.Start(), d.End())
	}
	return nil
}

func FuzzParse(f *testing.F) {
	for _, text := range []string{"2020-12-17", "../2020-12", "[2020-12-01..2020-12-10]", "{..1983,1985}", "-06XX", "XXXX-12-04", "?2020-?12-04T"} {
		f.Add(text)
	}
	f.Fuzz(func(t *testing.T, text string) {
		if err := sound(text); err != nil {
			t.Fatal(err)
		}
	})
}

func ExampleParse() {
	d, err := edtf.Parse("../2020-12") // 截至2020年12月
	if err != nil {
		fmt.Println(err)
		return
	}
	fmt.Printf("%s ends on %s, %s\n", d, d.End(), d.Precision())
	// Output: ../2020-12 ends on 2020-12-31, INTERVAL
}

func TestOfMonthIsTheDateOfItsText(t *testing.T) {
	for _, tt := range []struct {
		year, month int
		want        string
	}{
		{1899, 12, "1899-12"}, {1900, 1, "1900-01"}, {1900, 12, "1900-12"}, {1901, 1, "1901-01"}, {2020, 2, "2020-02"}, {2099, 12, "2099-12"}, {2100, 1, "2100-01"}, {-220, 3, "-0220-03"},
		{1900, 0, "XXXX"}, {1900, 13, "XXXX"}, {2020, -5, "XXXX"}, {10000, 1, "XXXX"},
	} {
		want, err := edtf.Parse(tt.want)
		if err != nil {
			t.Fatal(err)
		}
		if got := edtf.OfMonth(tt.year, tt.month); got != want {
			t.Errorf("OfMonth(%d, %d) = %v, want %v", tt.year, tt.month, got, want)
		}
	}
}

// However a date was made, equal texts are equal dates, and Append appends what String returns.
func TestEqualTextsAreEqualDates(t *testing.T) {
	day, _ := edtf.NewDay(2020, 12, 3)
	year, _ := edtf.NewDay(-219, 1, 1)
	for _, made := range []edtf.Date{edtf.Unknown, edtf.OfDay(day), edtf.OfDay(year), edtf.OfMonth(2020, 12), edtf.OfYear(2020), edtf.Interval(edtf.OfDay(day), edtf.OfDay(day+1)), edtf.Interval(edtf.OfDay(day), edtf.OfDay(day)), edtf.Days(day, day+2), edtf.DayWithin(day, day+4)} {
		parsed, err := edtf.Parse(made.String())
		if err != nil || parsed != made {
			t.Errorf("Parse(%q) = %#v, %v, want %#v", made.String(), parsed, err, made)
		}
		if got := string(made.Append([]byte("»"))); got != "»"+made.String() {
			t.Errorf("Append gives %q, want %q behind »", got, made)
		}
	}
}
