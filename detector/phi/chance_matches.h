// How often a term is found by chance: the false-match rate of tolerant
// matching, computed from the term and the errors that were forgiven.
//
// Model. The searched text is made of independent characters in which a letter
// is drawn with the letter frequencies of English (R. E. Lewand, Cryptological
// Mathematics, 2000, p. 36) and a digit evenly. Places hold letters and digits
// as the term does, which overstates the rate, but one in ten holds a letter
// where the term has a digit, or a digit for a letter. An edit script is a way
// to make the term of the text: per character it keeps it (probability p of
// that character), exchanges it for a look-alike (the sum of the look-alikes'
// p) or for another one (1), loses it (1), or adds one before the next (1);
// pairs such as RN for M count as one exchange. Let W(i, c) be the summed
// probability of all scripts of cost c for the first i characters. Then the
// expected number of places, of n, at which the term is found with a distance
// of d or less is at most
//
//   E = n * sum over c <= d of W(length of the term, c),
//
// by the union bound, for each such find has a script (compare G. Navarro, A
// guided tour to approximate string matching, ACM Computing Surveys 33, 2001,
// section 4). E is used like the E-value of sequence search (S. Karlin and
// S. F. Altschul, PNAS 87, 1990).
#ifndef BURNTIN_DETECTOR_PHI_CHANCE_MATCHES_H_
#define BURNTIN_DETECTOR_PHI_CHANCE_MATCHES_H_

#include <string_view>

namespace burntin {

// The probability, at most 1, that a given place of a text of that model
// matches `term` (folded and compact) with tolerant distance `distance` or
// less. Time grows with term.size() * distance.
double ChanceAtOnePlace(std::string_view term, double distance);

// The number of images on which the value of one term is burnt in, for each
// image: an assumption, low for names and numbers of the patient and high for
// what nobody prints. A find whose like is expected so often by chance counts
// half. A find scores 0.8 or more only where E is at most
// kEvenChance * (score / 0.8 - 1): so at most 2.25 of a thousand texts of the
// model hold such a find of one term by chance.
inline constexpr double kEvenChance = 0.01;

// `score` of a find whose expected number of chance finds is `expected`: the
// share of such finds that are no chance, by Bayes' rule with `kEvenChance`.
inline double ScoreAgainstChance(double score, double expected) {
  return score / (1 + expected / kEvenChance);
}

}  // namespace burntin

#endif  // BURNTIN_DETECTOR_PHI_CHANCE_MATCHES_H_
