#include "server/evidence/picture_taker.h"

#include <algorithm>
#include <cmath>
#include <set>
#include <utility>

#include "detector/base/error.h"
#include "detector/base/status_macros.h"

namespace burntin {
namespace {

// More are forgotten, and counted from 0 if they come again.
constexpr size_t kMostStudies = 10'000;

Box BoxOf(const v1::Region& region) {
  return {region.box().x(), region.box().y(), region.box().width(),
          region.box().height()};
}

// Of the texts that are listed; `regions` are indices of the whole report.
std::vector<Picture> Plan(const v1::InstanceReport& report) {
  v1::InstanceReport listed;
  std::vector<int> index;
  for (int i = 0; i < report.regions_size(); ++i) {
    if (!IsListed(report.regions(i))) continue;
    *listed.add_regions() = report.regions(i);
    index.push_back(i);
  }
  std::vector<Picture> pictures = PlanPictures(listed);
  for (Picture& picture : pictures) {
    for (int& region : picture.regions) {
      region = index[static_cast<size_t>(region)];
    }
  }
  return pictures;
}

// What may show an object as a whole, the best first: of frames that cannot
// all be decoded a few are tried.
std::vector<Picture> WholePictures(const v1::InstanceReport& report) {
  std::vector<Picture> pictures;
  const int last = std::max(report.frames_total() - 1, 0);
  for (const int frame : std::set<int>{0, 1, last / 2, last}) {
    if (frame <= last) pictures.push_back({.frame = frame, .regions = {}});
  }
  for (const Source source : {Source::kDocument, Source::kSlideLabel,
                              Source::kSlideOverview, Source::kIcon}) {
    pictures.push_back({.source = source, .regions = {}});
  }
  return pictures;
}

std::string NameOf(const absl::Status& status) {
  return std::string(
      ReasonName(ReasonOf(status).value_or(Reason::kInternalFailure)));
}

}  // namespace

PictureTaker::PictureTaker(const PictureOptions& options, EvidenceStore* store,
                           Log* log, MetricRegistry* registry)
    : options_(options), store_(store), log_(log) {
  if (registry == nullptr) return;
  const auto add = [&](const char* outcome) {
    return registry->AddCounter(
        {"burntin_evidence_pictures_total",
         "Pictures of findings that were taken, or that could not be."},
        {{"outcome", outcome}});
  };
  kept_ = add("kept");
  missing_ = add("missing");
}

std::vector<KeptPicture> PictureTaker::Take(
    const std::string& path, const v1::InstanceReport& report,
    const std::function<bool()>& cancelled) {
  std::vector<KeptPicture> taken;
  if (report.verdict() == v1::VERDICT_CLEAR || !render_) return taken;
  absl::Status failed;
  int missing = 0;
  for (const Picture& picture : Plan(report)) {
    if (!picture.can_show || picture.source == Source::kGraphicAnnotation) {
      continue;  // there is no picture of it
    }
    if (cancelled && cancelled()) return {};
    absl::StatusOr<KeptPicture> one =
        static_cast<int>(taken.size()) < options_.pictures_per_object
            ? TakeOne(path, report, picture)
            : Error(Reason::kEvidenceUnavailable, "There are too many.");
    if (one.ok()) {
      taken.push_back(*std::move(one));
    } else {
      failed = one.status();
      ++missing;
    }
  }
  if (NeedsWhole(report) && !NothingWasDecoded(report)) {
    TakeWhole(path, report, &taken);
  }
  CountPictures(taken.size(), missing);
  if (missing > 0) {
    log_->Write(LogLevel::kWarning, "evidence_missing",
                {{"pictures", int64_t{missing}}, {"reason", NameOf(failed)}});
  }
  return taken;
}

absl::StatusOr<KeptPicture> PictureTaker::TakeOne(
    const std::string& path, const v1::InstanceReport& report,
    const Picture& picture) {
  RETURN_IF_ERROR(CheckRoom(report.study_instance_uid()));
  std::vector<Box> outlined;
  for (const v1::Region& region : report.regions()) {
    if (IsListed(region) && region.has_box() && Shows(picture, region)) {
      outlined.push_back(BoxOf(region));
    }
  }
  ASSIGN_OR_RETURN(RenderedFrame frame,
                   render_(path, picture, options_.max_side, outlined));
  ASSIGN_OR_RETURN(
      frame, shrink_(std::move(frame), options_.max_side, kMostPictureBytes));
  ASSIGN_OR_RETURN(const EvidenceStore::Added added, store_->Add(frame.png));
  if (added.is_new) {
    Count(report.study_instance_uid(), static_cast<int64_t>(frame.png.size()));
  }
  KeptPicture kept;
  kept.reference.sha256 = added.sha256;
  kept.reference.frame_index = picture.frame;
  kept.reference.frame_side = std::max({frame.columns, frame.rows, 1});
  kept.reference.picture_side = std::clamp(
      static_cast<int>(std::lround(frame.scale * kept.reference.frame_side)), 1,
      kept.reference.frame_side);
  kept.regions = picture.regions;
  return kept;
}

void PictureTaker::TakeWhole(const std::string& path,
                             const v1::InstanceReport& report,
                             std::vector<KeptPicture>* taken) {
  for (const Picture& picture : WholePictures(report)) {
    absl::StatusOr<KeptPicture> one = TakeOne(path, report, picture);
    // What hangs once would hang again.
    if (ReasonOf(one.status()) == Reason::kDecoderTimedOut) break;
    if (!one.ok()) continue;
    one->of_whole_object = true;
    taken->push_back(*std::move(one));
    return;
  }
  if (!taken->empty()) taken->front().of_whole_object = true;
}

void PictureTaker::CountPictures(size_t kept, int missing) {
  if (kept_ != nullptr) kept_->Add(static_cast<double>(kept));
  if (missing_ != nullptr) missing_->Add(missing);
}

absl::Status PictureTaker::CheckRoom(const std::string& study) {
  const MutexLock lock(&mutex_);
  const auto found = study_bytes_.find(study);
  if (found == study_bytes_.end() || found->second < options_.session_bytes) {
    return absl::OkStatus();
  }
  return Error(Reason::kEvidenceUnavailable,
               "The session has all the pictures that it may have. Raise "
               "evidence.session_bytes.");
}

void PictureTaker::Count(const std::string& study, int64_t bytes) {
  const MutexLock lock(&mutex_);
  if (study_bytes_.size() >= kMostStudies && !study_bytes_.contains(study)) {
    study_bytes_.clear();
  }
  study_bytes_[study] += bytes;
}

}  // namespace burntin
