// The worker's side of the channel. Private to detector/isolation.
#ifndef BURNTIN_DETECTOR_ISOLATION_REQUEST_LOOP_H_
#define BURNTIN_DETECTOR_ISOLATION_REQUEST_LOOP_H_

#include <functional>

#include "detector/dicom/object_opener.h"
#include "detector/isolation/channel.h"

namespace burntin {

// Says hello, and answers requests one after the other until the parent is
// gone or says what cannot be. `before_each` is called before each. Objects
// are opened through /proc, which has to be there.
void AnswerRequests(bool confined, const std::function<void()>& before_each,
                    ObjectOpener* opener, Channel* channel);

}  // namespace burntin

#endif  // BURNTIN_DETECTOR_ISOLATION_REQUEST_LOOP_H_
