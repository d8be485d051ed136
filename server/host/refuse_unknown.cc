#include "server/host/refuse_unknown.h"

#include "detector/base/error.h"
#include "wire/grpc_status.h"

namespace burntin {
namespace {

// Lives until gRPC says that the call is over.
class Answer final : public grpc::ServerGenericBidiReactor {
 public:
  Answer() {
    Finish(ToGrpc(Error(Reason::kNotImplemented,
                        "This server does not offer this method. Use a later "
                        "version.")));
  }
  void OnDone() override { delete this; }
};

}  // namespace

grpc::ServerGenericBidiReactor* RefuseUnknown::CreateReactor(
    grpc::GenericCallbackServerContext* context) {
  entrance_->LeaveOpen(context);
  return new Answer;
}

}  // namespace burntin
