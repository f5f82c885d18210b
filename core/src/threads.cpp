#include "ff/threads.hpp"

#include <algorithm>
#include <atomic>
#include <condition_variable>
#include <memory>
#include <mutex>
#include <string>
#include <system_error>
#include <thread>
#include <vector>

#include "ff/error.hpp"

namespace ff {
namespace {

// A thread without work looks for it for some tenths of a millisecond, longer than what a training
// step does alone between two jobs, then sleeps and leaves its core to others. To be woken up takes
// as long as a job.
constexpr int kLooks = 200'000;

// Threads that take parts of one job after another. Each has its own share of the parts, the same
// in jobs of the same size, so that what it works on stays in its core's cache; who is done with
// its share takes from the others'. A thread that comes late, because something else had its core,
// is not waited for.
class Pool {
 public:
  explicit Pool(int helpers) : shares_(static_cast<std::size_t>(helpers) + 1) {
    try {
      for (int i = 1; i <= helpers; ++i)
        threads_.emplace_back([this, i] { help(static_cast<std::size_t>(i)); });
    } catch (const std::system_error&) {
      close();
      throw Error("threads: " + std::to_string(helpers + 1) + " were asked for, " +
                  std::to_string(threads_.size() + 1) + " can be had here.");
    }
  }

  Pool(const Pool&) = delete;
  Pool& operator=(const Pool&) = delete;

  ~Pool() { close(); }

  int helpers() const { return static_cast<int>(threads_.size()); }

  void run(std::int64_t count, const Work& work) {
    done_.store(0, std::memory_order_relaxed);
    part_.store(work.part, std::memory_order_relaxed);
    work_.store(work.work, std::memory_order_relaxed);
    count_.store(count, std::memory_order_relaxed);
    for (std::size_t share = 0; share < shares_.size(); ++share) {
      std::atomic<std::uint64_t>& left = shares_[share].left;
      const std::int64_t parts = begin_of(share + 1, count) - begin_of(share, count);
      left.store(next_job(left.load()) | static_cast<std::uint64_t>(parts));
    }
    if (sleeping_.load() > 0) {
      const std::lock_guard lock(mutex_);
      wake_.notify_all();
    }
    take_parts(0);
    wait_for_helpers(count);
  }

 private:
  void close() {
    {
      const std::lock_guard lock(mutex_);
      closing_ = true;
    }
    wake_.notify_all();
    for (std::thread& thread : threads_) thread.join();
  }

  // One word holds the number of the job and how many parts of a share are left, so that a part can
  // only be taken of the job that was looked at.
  struct alignas(64) Share {
    std::atomic<std::uint64_t> left = 0;
  };
  static constexpr std::uint64_t kJob = std::uint64_t{1} << 32;
  static std::uint64_t next_job(std::uint64_t left) { return (left & ~(kJob - 1)) + kJob; }
  static std::int64_t parts_of(std::uint64_t left) {
    return static_cast<std::int64_t>(left & (kJob - 1));
  }

  std::int64_t begin_of(std::size_t share, std::int64_t count) const {
    return count * static_cast<std::int64_t>(share) / static_cast<std::int64_t>(shares_.size());
  }

  bool work_left() const {
    return std::any_of(shares_.begin(), shares_.end(),
                       [](const Share& share) { return parts_of(share.left.load()) > 0; });
  }

  void take_parts(std::size_t own) {
    for (std::size_t i = 0; i < shares_.size(); ++i) take_share((own + i) % shares_.size());
  }

  void take_share(std::size_t share) {
    std::atomic<std::uint64_t>& shared = shares_[share].left;
    std::uint64_t left = shared.load();
    while (parts_of(left) > 0) {
      const Work work{.part = part_.load(std::memory_order_relaxed),
                      .work = work_.load(std::memory_order_relaxed)};
      const std::int64_t begin = begin_of(share, count_.load(std::memory_order_relaxed));
      if (!shared.compare_exchange_weak(left, left - 1)) continue;
      work.part(work.work, begin + parts_of(left) - 1);
      ++done_;
      if (caller_sleeps_.load()) {
        const std::lock_guard lock(mutex_);
        finished_.notify_one();
      }
      left = shared.load();
    }
  }

  // For the parts that others have taken.
  void wait_for_helpers(std::int64_t count) {
    for (int look = 0; look < kLooks; ++look)
      if (done_.load() == count) return;
    std::unique_lock lock(mutex_);
    caller_sleeps_ = true;
    finished_.wait(lock, [this, count] { return done_.load() == count; });
    caller_sleeps_ = false;
  }

  void help(std::size_t own) {
    while (wait_for_work()) take_parts(own);
  }

  // False when the pool closes.
  bool wait_for_work() {
    for (int look = 0; look < kLooks; ++look)
      if (work_left()) return true;
    std::unique_lock lock(mutex_);
    ++sleeping_;
    wake_.wait(lock, [this] { return closing_ || work_left(); });
    --sleeping_;
    return !closing_;
  }

  std::vector<Share> shares_;
  std::atomic<void (*)(const void*, std::int64_t)> part_ = nullptr;
  std::atomic<const void*> work_ = nullptr;
  std::atomic<std::int64_t> count_ = 0;
  alignas(64) std::atomic<std::int64_t> done_ = 0;
  alignas(64) std::atomic<int> sleeping_ = 0;
  std::atomic<bool> caller_sleeps_ = false;
  std::mutex mutex_;
  std::condition_variable wake_, finished_;
  bool closing_ = false;
  std::vector<std::thread> threads_;
};

std::unique_ptr<Pool>& pool() {
  static std::unique_ptr<Pool> pool;
  return pool;
}

}  // namespace

int available_threads() {
  return std::clamp(static_cast<int>(std::thread::hardware_concurrency()), 1, kMostThreads);
}

int thread_count() { return pool() ? pool()->helpers() + 1 : 1; }

void set_thread_count(int count) {
  if (count < 1 || count > kMostThreads)
    throw Error("threads: expected 1 to " + std::to_string(kMostThreads) + ", got " +
                std::to_string(count) + ".");
  if (count == thread_count()) return;
  pool().reset();
  if (count > 1) pool() = std::make_unique<Pool>(count - 1);
}

void run_parts(std::int64_t count, const Work& work) {
  if (count > 1 && pool()) return pool()->run(count, work);
  for (std::int64_t index = 0; index < count; ++index) work.part(work.work, index);
}

}  // namespace ff
