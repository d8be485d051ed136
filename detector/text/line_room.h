// The room that detectors leave around the letters of a line. Private to
// detector/text.
#ifndef BURNTIN_DETECTOR_TEXT_LINE_ROOM_H_
#define BURNTIN_DETECTOR_TEXT_LINE_ROOM_H_

#include "detector/base/image.h"

namespace burntin {

// `line` without such a part of its height at each longer side, and half of
// that at its ends. A single letter's box is about square, and about right: it
// stays as it is.
Image WithLessRoom(const Image& line, double left_out);

// Whether what WithLessRoom leaves out varies so little beside the rest that
// no letter reaches into it.
bool IsRoomPlain(const Image& line, double left_out);

}  // namespace burntin

#endif  // BURNTIN_DETECTOR_TEXT_LINE_ROOM_H_
