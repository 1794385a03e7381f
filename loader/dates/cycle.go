package dates

import "fangzhi/loader/dates/lunar"

// The cycle of sixty (干支) that days and years are numbered by: 庚子, 甲戌. Scans confuse 己已巳 and 戊戌戍: what is not
// printed right is taken for the pair that exists.

// stems holds the ten 天干, and what is misread for them.
const stems = "甲乙丙丁戊己庚辛壬癸已巳戌戍"

var stemOf = map[rune]int{'甲': 0, '乙': 1, '丙': 2, '丁': 3, '戊': 4, '己': 5, '庚': 6, '辛': 7, '壬': 8, '癸': 9, '已': 5, '巳': 5, '戌': 4, '戍': 4}

var branchOf = map[rune]int{'子': 0, '丑': 1, '寅': 2, '卯': 3, '辰': 4, '巳': 5, '午': 6, '未': 7, '申': 8, '酉': 9, '戌': 10, '亥': 11,
	'己': 5, '已': 5, '末': 7, '西': 9, '戊': 10, '戍': 10}

// readCycle reads 庚子 at i: 37. ok is false where there is none, or where the two do not go together.
func readCycle(l *line, i int) (n int8, next int, ok bool) {
	stem, isStem := stemOf[l.rune(i)]
	branch, isBranch := branchOf[l.rune(i+1)]
	if !isStem || !isBranch || stem%2 != branch%2 {
		return 0, i, false
	}
	// The n from 0 to 59 with n%10 == stem and n%12 == branch.
	return int8((6*stem-5*branch+60)%60 + 1), i + 2, true
}

// cycleName writes the n-th of the cycle.
func cycleName(n int8) string {
	return string([]rune{[]rune("甲乙丙丁戊己庚辛壬癸")[(n-1)%10], []rune("子丑寅卯辰巳午未申酉戌亥")[(n-1)%12]})
}

// yearsOfCycle returns the years from first to last that have a 干支.
func yearsOfCycle(n int8, first, last int) []int {
	var out []int
	for y := first; y <= last; y++ {
		if lunar.CycleOfYear(y) == int(n) {
			out = append(out, y)
		}
	}
	return out
}
