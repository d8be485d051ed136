// Of several that need the report of equal bytes at the same time, one inspects
// and the others wait.
#ifndef BURNTIN_SERVER_REPORT_CACHE_FLIGHTS_H_
#define BURNTIN_SERVER_REPORT_CACHE_FLIGHTS_H_

#include <condition_variable>
#include <functional>
#include <map>
#include <memory>
#include <mutex>
#include <optional>
#include <string>
#include <utility>

#include "detector/report.h"

namespace burntin {

// How it ended for who leads, and with it for those who wait.
struct Landing {
  enum class Kind {
    kShared,     // `report` answers for all
    kAbandoned,  // who led was not waited for any more, or failed
    kOwn,  // the report is no other's: it may come out otherwise next time
  };
  Kind kind = Kind::kAbandoned;
  std::shared_ptr<const InstanceReport> report;  // of kShared
  bool has_texts = false;                        // the report's findings
};

// Any number of threads may call at the same time.
class Flights {
 private:
  struct Flight {
    std::mutex mutex;  // not burntin::Mutex, which cannot wait for a while
    std::condition_variable landed;
    std::optional<Landing> landing;  // guarded by mutex
  };

 public:
  // A place in the flight of one key. The first of a key leads until its ticket
  // goes; who comes after that leads the next.
  class Ticket {
   public:
    ~Ticket();
    Ticket(const Ticket&) = delete;
    Ticket& operator=(const Ticket&) = delete;

    bool leads() const { return leads_; }

    // Only for who leads, once. Without it, the flight is kAbandoned.
    void Land(Landing landing) { landing_ = std::move(landing); }

    // Only for who does not lead. Waits until the leader's ticket is gone;
    // nothing once `cancelled`, which may be empty and is asked several times a
    // second, says so.
    std::optional<Landing> Await(const std::function<bool()>& cancelled);

   private:
    friend class Flights;
    Ticket(Flights* flights, std::string key, std::shared_ptr<Flight> flight,
           bool leads)
        : flights_(flights),
          key_(std::move(key)),
          flight_(std::move(flight)),
          leads_(leads) {}

    Flights* const flights_;
    const std::string key_;
    const std::shared_ptr<Flight> flight_;
    const bool leads_;
    Landing landing_;
  };

  // The ticket ends before this does.
  std::unique_ptr<Ticket> Join(const std::string& key);

 private:
  void End(const std::string& key);

  std::mutex mutex_;
  std::map<std::string, std::shared_ptr<Flight>> open_;  // guarded by mutex_
};

}  // namespace burntin

#endif  // BURNTIN_SERVER_REPORT_CACHE_FLIGHTS_H_
