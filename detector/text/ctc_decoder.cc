#include "detector/text/ctc_decoder.h"

#include <algorithm>
#include <cmath>
#include <map>
#include <utility>

namespace burntin {
namespace {

constexpr int kBlank = 0;  // the class that means "no character here"
// Texts that are followed at once, and classes that make new ones.
constexpr size_t kMostPrefixes = 8;
constexpr double kLeastProbability = 0.005;
// What is this much less likely than the likeliest text is no alternative.
constexpr double kLeastShare = 0.01;

}  // namespace

CtcDecoder::CtcDecoder(const std::vector<std::string>& characters)
    : characters_(characters), prefixes_{{.classes = {}, .open = 1}} {}

bool CtcDecoder::Add(const float* probabilities, int64_t steps) {
  const auto classes = static_cast<int64_t>(characters_.size());
  previous_ = kBlank;
  for (Prefix& prefix : prefixes_) {
    prefix.open = std::exchange(prefix.closed, 0) + prefix.open;
  }
  std::vector<Choice> choices;
  for (int64_t step = 0; step < steps; ++step, probabilities += classes) {
    choices.clear();
    const float* best =
        std::max_element(probabilities, probabilities + classes);
    if (!(*best > 0) || !std::isfinite(*best)) return false;
    for (const float* one = probabilities; one < probabilities + classes;
         ++one) {
      if (*one >= kLeastProbability || one == best) {
        choices.push_back({static_cast<int>(one - probabilities), *one});
      }
    }
    AddBest(static_cast<int>(best - probabilities), *best);
    Branch(choices);
  }
  return true;
}

void CtcDecoder::AddBest(int character, double probability) {
  if (character != kBlank && character != previous_) {
    text_ += characters_[static_cast<size_t>(character)];
    probability_sum_ += probability;
    ++count_;
  }
  previous_ = character;
}

// Hannun et al. 2014, "First-pass large vocabulary continuous speech
// recognition using bi-directional recurrent DNNs", without a language model.
void CtcDecoder::Branch(const std::vector<Choice>& choices) {
  std::map<std::vector<int>, Prefix> next;
  const auto at = [&](const std::vector<int>& classes) -> Prefix& {
    return next.try_emplace(classes, Prefix{classes}).first->second;
  };
  for (const Prefix& prefix : prefixes_) {
    const int last = prefix.classes.empty() ? kBlank : prefix.classes.back();
    for (const auto& [character, probability] : choices) {
      if (character == kBlank) {
        at(prefix.classes).open += probability * prefix.Probability();
        continue;
      }
      const bool is_repeated = character == last;
      if (is_repeated) at(prefix.classes).closed += probability * prefix.closed;
      std::vector<int> longer = prefix.classes;
      longer.push_back(character);
      at(longer).closed +=
          probability * (is_repeated ? prefix.open : prefix.Probability());
    }
  }
  prefixes_.clear();
  for (auto& [classes, prefix] : next) prefixes_.push_back(std::move(prefix));
  std::stable_sort(prefixes_.begin(), prefixes_.end(),
                   [](const Prefix& one, const Prefix& other) {
                     return one.Probability() > other.Probability();
                   });
  if (prefixes_.size() > kMostPrefixes) prefixes_.resize(kMostPrefixes);
  // Only shares matter, and products of many steps would vanish.
  const double most = prefixes_.front().Probability();
  if (most <= 0) return;
  for (Prefix& prefix : prefixes_) {
    prefix.open /= most;
    prefix.closed /= most;
  }
}

std::string CtcDecoder::TextOf(const std::vector<int>& classes) const {
  std::string text;
  for (const int one : classes) text += characters_[static_cast<size_t>(one)];
  return text;
}

Reading CtcDecoder::Result() const {
  if (count_ == 0) return Reading{};
  Reading reading = {.text = PhiText(text_),
                     .confidence = std::min(1.0, probability_sum_ / count_)};
  for (const Prefix& prefix : prefixes_) {
    std::string text = TextOf(prefix.classes);
    if (text == text_ || prefix.Probability() < kLeastShare) continue;
    reading.alternatives.push_back(
        {PhiText(std::move(text)), prefix.Probability()});
  }
  return reading;
}

}  // namespace burntin
