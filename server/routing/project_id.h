// What may be the ID of a project.
#ifndef BURNTIN_SERVER_ROUTING_PROJECT_ID_H_
#define BURNTIN_SERVER_ROUTING_PROJECT_ID_H_

#include <string_view>

namespace burntin {

// 1 to 64 letters, digits, _ and -.
bool IsProjectId(std::string_view text);

// Whether both mean one project: XNAT does not tell IDs apart by letter case.
bool IsSameProject(std::string_view one, std::string_view other);

// The name of XNAT's prearchive for what belongs to no project.
inline constexpr char kUnassigned[] = "Unassigned";

}  // namespace burntin

#endif  // BURNTIN_SERVER_ROUTING_PROJECT_ID_H_
