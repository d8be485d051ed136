#include "detector/text/text_candidates.h"

namespace burntin {
namespace {

class WholeCandidates final : public TextCandidates {
 public:
  absl::StatusOr<std::vector<Box>> Find(const std::vector<Image>& views,
                                        size_t index) override {
    const Image& view = views[index];
    if (view.empty()) return std::vector<Box>();
    return std::vector<Box>{{0, 0, view.columns, view.rows}};
  }
};

}  // namespace

std::unique_ptr<TextCandidates> MakeWholeCandidates() {
  return std::make_unique<WholeCandidates>();
}

}  // namespace burntin
