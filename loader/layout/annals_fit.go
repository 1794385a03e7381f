package layout

import (
	"fmt"
	"strings"

	"fangzhi/fold"
)

// fitAnnals counts the headings of several years.
func fitAnnals(lines []line) (score float64, why string) {
	const enough = 4000 // lines of the first part say what the rest is
	t := readAnnalsTitle(lines)
	parts, volumes := findParts(lines, &t)
	if len(parts) == 0 {
		return 0, ""
	}
	var eras, republic, common, dynasties, items, turns, ordered, brackets, starts int
	lastYear := 0
	years := map[string]bool{}
	n := 0
	for _, p := range parts {
		above := ""
		for i := p.from; i < p.to && n < enough; i++ {
			n++
			l := &lines[i]
			if strings.HasPrefix(l.text, "【") {
				brackets++
			}
			if finished := above == "" || !unfinished(tail(above)); finished || l.gap || l.indented {
				starts++
			}
			above = l.text
			if isDynasty(l) {
				dynasties++
				continue
			}
			h := readTimeHead(strings.TrimLeft(l.text, annalsMarkers+" "), amongEras)
			switch {
			case h.level > yearLevel:
				items++
			case h.level != yearLevel:
			case h.ref != absolute:
				items++
			default:
				words := fold.String(h.yearWords(l.text))
				years[words] = true
				switch {
				case strings.Contains(words, "民国"):
					republic++
				case h.era:
					eras++
				default:
					common++
				}
				if h.ce != 0 {
					if lastYear != 0 {
						turns++
						if h.ce >= lastYear {
							ordered++
						}
					}
					lastYear = h.ce
				}
			}
		}
	}
	heads := eras + republic + common
	switch {
	case len(years) < 3 && (eras == 0 || len(years) < 1) || heads == 0:
		return 0, ""
	case brackets > heads && brackets > 3:
		return 0, "" // 条目 of a yearbook
	case turns > 3 && 3*ordered < 2*turns, 5*(heads+items+dynasties) < starts:
		return 0, ""
	}
	// Years of the common era alone are set in chronicles too; eras, dynasties and volumes beside the annals are not.
	score = 0.7
	if eras+republic+dynasties >= 2 || eras > 0 && common == 0 || volumes > len(parts) {
		score = 0.96
	}
	var shown []string
	for _, c := range []struct {
		n    int
		what string
	}{{dynasties, "朝代"}, {eras, "年号"}, {republic, "民国纪年"}, {common, "公元纪年"}} {
		if c.n > 0 {
			shown = append(shown, fmt.Sprintf("%s%d处", c.what, c.n))
		}
	}
	return score, "按年记事：" + strings.Join(shown, "、")
}
