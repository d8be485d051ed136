#include "client/html/instance_view.h"

#include <fmt/format.h>

#include <algorithm>
#include <kainjow/mustache.hpp>
#include <utility>
#include <vector>

#include "absl/strings/escaping.h"
#include "client/html/templates.h"
#include "client/output/wording.h"
#include "wire/picture.h"

namespace burntin {
namespace {

using kainjow::mustache::data;
using kainjow::mustache::mustache;

// Small pictures are shown enlarged to this width, in pixels.
constexpr int kLeastShownColumns = 320;

std::string Lower(std::string_view word) {
  std::string lower(word);
  for (char& c : lower) {
    if (c >= 'A' && c <= 'Z') c = static_cast<char>(c - 'A' + 'a');
  }
  return lower;
}

std::string CategoryStyle(v1::Category category) {
  std::string style = Lower(CategoryWord(category));
  std::replace(style.begin(), style.end(), '_', '-');
  return style;
}

std::string CategoryTitle(v1::Category category) {
  std::string title(CategoryWord(category));
  for (size_t i = 1; i < title.size(); ++i) {
    title[i] = title[i] == '_' ? ' ' : Lower(title.substr(i, 1))[0];
  }
  return title;
}

std::string Percent(double part) {
  return fmt::format("{:.0f} %", 100 * std::clamp(part, 0.0, 1.0));
}

// The place of a region in words: "frames 0-12 of 40", "overlay plane 6000".
std::string PlaceWords(const v1::Region& region, int frames_total) {
  const std::string frames = FrameRangesWords(region);
  const std::string source =
      region.source() == v1::SOURCE_FRAME ? "" : SourceWords(region);
  if (frames.empty() || frames_total <= 1) {
    return source.empty() ? "the only frame" : source;
  }
  const bool one = frames.find_first_of("-,") == std::string::npos;
  return fmt::format("{}{}{} {} of {} (counted from 0)", source,
                     source.empty() ? "" : ", ", one ? "frame" : "frames",
                     frames, frames_total);
}

data FindingData(const v1::InstanceReport& report, int index, bool text) {
  const v1::Region& region = report.regions(index);
  data finding;
  finding.set("number", std::to_string(index + 1));
  finding.set("style", CategoryStyle(region.category()));
  finding.set("category", CategoryTitle(region.category()));
  finding.set("score", Percent(region.score()));
  finding.set("place", PlaceWords(region, report.frames_total()));
  if (!region.matched_attribute().empty()) {
    finding.set("attribute", region.matched_attribute());
  }
  if (region.orientation() != 0) {
    finding.set("orientation", std::to_string(region.orientation()));
  }
  if (text && !region.text().empty()) finding.set("text", region.text());
  return finding;
}

// A region's rectangle, and its number on a tag beside it: to the right where
// there is room, else to the left, so that the text stays in sight. In pixels
// of the stored frame.
data BoxData(const v1::Region& region, int index, const RenderedFrame& frame) {
  const v1::Box& shape = region.box();
  const double side = std::max(frame.columns, frame.rows);
  // As high as the text, so that tags of neighbouring lines stay apart, but
  // legible.
  const double letter =
      std::clamp(0.7 * shape.height(), 0.016 * side, 0.026 * side);
  const double width = letter * (index < 9 ? 1.2 : 1.8);
  const double height = letter * 1.25;
  const double gap = letter * 0.25;
  const double right = shape.x() + shape.width() + gap;
  const double x = right + width <= frame.columns
                       ? right
                       : std::max(0.0, shape.x() - gap - width);
  const double y = shape.y() + (shape.height() - height) / 2.0;
  data box;
  box.set("number", std::to_string(index + 1));
  box.set("style", CategoryStyle(region.category()));
  box.set("x", std::to_string(shape.x()));
  box.set("y", std::to_string(shape.y()));
  box.set("width", std::to_string(shape.width()));
  box.set("height", std::to_string(shape.height()));
  box.set("tag_x", fmt::format("{:.1f}", x));
  box.set("tag_y", fmt::format("{:.1f}", y));
  box.set("tag_width", fmt::format("{:.1f}", width));
  box.set("tag_height", fmt::format("{:.1f}", height));
  box.set("text_x", fmt::format("{:.1f}", x + width / 2));
  box.set("text_y", fmt::format("{:.1f}", y + letter * 0.98));
  box.set("letter", fmt::format("{:.1f}", letter));
  return box;
}

void SetImage(const v1::InstanceReport& report, const Picture& picture,
              const RenderedFrame& frame, data* view) {
  const double columns = frame.columns * frame.scale;
  const double shown = std::max<double>(columns, kLeastShownColumns);
  data image;
  image.set("png", absl::Base64Escape(frame.png));
  image.set("columns", std::to_string(frame.columns));
  image.set("rows", std::to_string(frame.rows));
  image.set("width", fmt::format("{:.0f}", shown));
  image.set("height", fmt::format("{:.0f}", frame.rows * frame.scale * shown /
                                                std::max(1.0, columns)));
  data boxes(data::type::list);
  for (const int index : picture.regions) {
    if (report.regions(index).has_box()) {
      boxes.push_back(BoxData(report.regions(index), index, frame));
    }
  }
  image.set("boxes", boxes);
  view->set("image", image);
}

void RenderInto(const std::string& path, const v1::InstanceReport& report,
                const Picture& picture, const PictureBudget& budget,
                data* view) {
  if (!picture.can_show) {
    return view->set("no_image",
                     "This version cannot show the place of the finding.");
  }
  --*budget.left;
  const absl::StatusOr<RenderedFrame> frame =
      (*budget.renderer)(path, picture.source, picture.source_index,
                         picture.frame, budget.max_side);
  if (frame.ok() && frame->columns > 0 && frame->rows > 0) {
    return SetImage(report, picture, *frame, view);
  }
  view->set("no_image", "No picture could be made. " +
                            std::string(frame.status().message()));
}

std::string PictureTitle(const Picture& picture, const v1::Region& region) {
  if (picture.source == Source::kFrame) {
    return fmt::format("Frame {}", picture.frame);
  }
  if (!IsFrame(picture.source)) return SourceWords(region);
  return fmt::format("{} {}", SourceWords(region), picture.frame);
}

data PictureData(const std::string& path, const v1::InstanceReport& report,
                 const Picture& picture, bool text,
                 const PictureBudget& budget) {
  data view;
  const v1::Region& first = report.regions(picture.regions.front());
  view.set("title", PictureTitle(picture, first));
  RenderInto(path, report, picture, budget, &view);
  data findings(data::type::list);
  for (const int index : picture.regions) {
    findings.push_back(FindingData(report, index, text));
  }
  view.set("findings", findings);
  return view;
}

void SetPictures(const std::string& path, const v1::InstanceReport& report,
                 bool text, const PictureBudget& budget, data* view) {
  data pictures(data::type::list);
  int shown = 0;
  int regions_left_out = 0;
  for (const Picture& picture : PlanPictures(report)) {
    if (shown<budget.per_instance&& * budget.left> 0) {
      pictures.push_back(PictureData(path, report, picture, text, budget));
      ++shown;
    } else {
      regions_left_out += static_cast<int>(picture.regions.size());
    }
  }
  view->set("pictures", pictures);
  if (regions_left_out > 0) {
    view->set("more", std::to_string(regions_left_out));
  }
  view->set("truncated", report.regions_truncated());
}

data ReasonsData(const v1::InstanceReport& report) {
  data reasons(data::type::list);
  for (const v1::Reason& reason : report.reasons()) {
    data view;
    view.set("code", reason.code());
    view.set("message", reason.message());
    reasons.push_back(view);
  }
  return reasons;
}

}  // namespace

std::string VerdictStyle(v1::Verdict verdict) {
  return Lower(VerdictWord(verdict));
}

std::string InstanceHtml(const std::string& path,
                         const v1::InstanceReport& report, bool text,
                         const PictureBudget& budget) {
  data view;
  view.set("style", VerdictStyle(report.verdict()));
  view.set("verdict", std::string(VerdictWord(report.verdict())));
  view.set("risk", fmt::format("{:.2f}", report.risk()));
  view.set("path", report.path());
  view.set("frames", fmt::format("{} of {}", report.frames_inspected(),
                                 report.frames_total()));
  view.set("modality", report.modality());
  view.set("device", report.manufacturer() +
                         (report.manufacturer().empty() ? "" : " ") +
                         report.manufacturer_model_name());
  view.set("sop_instance_uid", report.sop_instance_uid());
  view.set("series_instance_uid", report.series_instance_uid());
  view.set("reasons", ReasonsData(report));
  SetPictures(path, report, text, budget, &view);
  return mustache(kInstance).render(view);
}

}  // namespace burntin
