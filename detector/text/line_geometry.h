// Geometry of text lines: their boxes, their pixels set upright, and the
// parts of one line that tiles have cut. Private to detector/text.
#ifndef BURNTIN_DETECTOR_TEXT_LINE_GEOMETRY_H_
#define BURNTIN_DETECTOR_TEXT_LINE_GEOMETRY_H_

#include <vector>

#include "absl/status/statusor.h"
#include "detector/base/image.h"
#include "detector/text/text_detector.h"

namespace burntin {

// The smallest box around `line`, within a picture of the given size; empty
// if the line lies outside.
Box BoundingBox(const TextLine& line, int rows, int columns);

// The box around `line`, wherever it lies.
Box BoxAround(const TextLine& line);

// The same with room around it: as much as the box's shorter side, and at least
// so many pixels; within the picture too.
Box BoxWithRoom(const TextLine& line, int least_room, int rows, int columns);

// An upright line that fills `box`.
TextLine LineOfBox(const Box& box, double likelihood);

// The likelihood of the likeliest of `lines` that shares at least half of the
// smaller area with `box`; 0 if none does.
double LikelihoodOf(const Box& box, const std::vector<TextLine>& lines);

// Joins upright lines that overlap and share their height: the parts that
// neighbouring tiles saw of one line, or saw twice.
std::vector<TextLine> JoinLines(std::vector<TextLine> lines);

// The share of a line up to which it is one that was not seen before.
inline constexpr double kMostlyUnseen = 0.2;

// Adds those of `others` of which `lines` cover at most the share `most_seen`.
void AddUnseen(const std::vector<TextLine>& others, double most_seen,
               std::vector<TextLine>* lines);

// Whether `line` runs up or down, and is long enough to tell.
bool RunsUpOrDown(const TextLine& line);

// Adds lines found on a picture that was turned by a quarter, in pixels of the
// upright one: those that run up or down unless they lie within one that is
// known, and others where there was none. The pieces that were seen of a line
// stay, since nothing has read either yet.
void AddTurned(const std::vector<TextLine>& turned,
               std::vector<TextLine>* lines);

// The pixels of `line`, turned so that its longer side is horizontal, or its
// direction of reading where both sides are about equal.
absl::StatusOr<Image> CutUpright(const Image& image, const TextLine& line);

// Which way `line` runs, to the nearest quarter: 0, 90, 180 or 270 degrees
// clockwise from left-to-right.
int QuarterTurn(const TextLine& line);

// The pixels of `box`, which lies within `image` and is not empty.
Image Part(const Image& image, const Box& box);

// A picture turned clockwise by 90, 180 or 270 degrees.
Image Turn(const Image& image, int degrees);

// A picture with left and right exchanged.
Image Mirror(const Image& image);

}  // namespace burntin

#endif  // BURNTIN_DETECTOR_TEXT_LINE_GEOMETRY_H_
