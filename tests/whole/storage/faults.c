/* Put before the C library: lets the n-th call that changes files fail, or holds the process before each of them.

   Only calls for files below one folder count, so that the interpreter's own go through. */
#define _GNU_SOURCE
#include <dlfcn.h>
#include <errno.h>
#include <fcntl.h>
#include <signal.h>
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/types.h>
#include <sys/uio.h>
#include <unistd.h>

#define HOLD -1

static char place[4096];
static size_t place_length;
static long count, at, every_after;
static int code;
static char last_call[64];

/* From now on: the n-th call (from 1) fails with this error number; 0 counts only. An error of -1 fails none: the
   process stops before each call, until it is let go on.
   With `on` set, all calls after it fail too, as on a disk that stays full. */
void faults_arm(const char *folder, long n, int error, int on) {
    snprintf(place, sizeof place, "%s", folder);
    place_length = strlen(place);
    count = 0;
    at = n;
    code = error;
    every_after = on;
    last_call[0] = 0;
}

/* Nothing fails any more; how many calls there were. */
long faults_disarm(void) {
    place_length = 0;
    return count;
}

const char *faults_call(void) { return last_call; }

static int is_below(const char *path) { return place_length && strncmp(path, place, place_length) == 0; }

static int is_file_below(int descriptor) {
    char link[64], path[4096];
    if (!place_length) return 0;
    snprintf(link, sizeof link, "/proc/self/fd/%d", descriptor);
    ssize_t length = readlink(link, path, sizeof path - 1);
    if (length < 0) return 0;
    path[length] = 0;
    return is_below(path);
}

static int fails(const char *call) {
    count++;
    if (code == HOLD) {
        raise(SIGSTOP);
        return 0;
    }
    if (!at || (count != at && !(every_after && count > at))) return 0;
    if (count == at) snprintf(last_call, sizeof last_call, "%s", call);
    errno = code;
    return 1;
}

#define REAL(name) ((__typeof__(&name))dlsym(RTLD_NEXT, #name))
#define ON_FILE(call, refused) if (is_file_below(descriptor) && fails(call)) return refused

ssize_t write(int descriptor, const void *data, size_t length) {
    ON_FILE("write", -1);
    return REAL(write)(descriptor, data, length);
}

ssize_t pwrite(int descriptor, const void *data, size_t length, off_t place_in_file) {
    ON_FILE("write", -1);
    return REAL(pwrite)(descriptor, data, length, place_in_file);
}

ssize_t pwrite64(int descriptor, const void *data, size_t length, off64_t place_in_file) {
    ON_FILE("write", -1);
    return REAL(pwrite64)(descriptor, data, length, place_in_file);
}

ssize_t writev(int descriptor, const struct iovec *parts, int number) {
    ON_FILE("write", -1);
    return REAL(writev)(descriptor, parts, number);
}

int fsync(int descriptor) {
    ON_FILE("fsync", -1);
    return REAL(fsync)(descriptor);
}

int fdatasync(int descriptor) {
    ON_FILE("fsync", -1);
    return REAL(fdatasync)(descriptor);
}

int ftruncate(int descriptor, off_t length) {
    ON_FILE("truncate", -1);
    return REAL(ftruncate)(descriptor, length);
}

int ftruncate64(int descriptor, off64_t length) {
    ON_FILE("truncate", -1);
    return REAL(ftruncate64)(descriptor, length);
}

/* Of files that are written to. The descriptor is gone after a close that fails, as on Linux. */
int close(int descriptor) {
    int written = place_length && (fcntl(descriptor, F_GETFL) & O_ACCMODE) != O_RDONLY;
    int failed = written && is_file_below(descriptor) && fails("close");
    int error = errno, answer = REAL(close)(descriptor);
    if (!failed) return answer;
    errno = error;
    return -1;
}

int open64(const char *path, int flags, ...) {
    va_list rest;
    va_start(rest, flags);
    mode_t mode = flags & (O_CREAT | O_TMPFILE) ? va_arg(rest, mode_t) : 0;
    va_end(rest);
    if ((flags & O_CREAT) && is_below(path) && fails("create")) return -1;
    return REAL(open64)(path, flags, mode);
}

int rename(const char *from, const char *to) {
    if (is_below(to) && fails("rename")) return -1;
    return REAL(rename)(from, to);
}

int renameat(int from_folder, const char *from, int to_folder, const char *to) {
    if (is_below(to) && fails("rename")) return -1;
    return REAL(renameat)(from_folder, from, to_folder, to);
}

int mkdir(const char *path, mode_t mode) {
    if (is_below(path) && fails("mkdir")) return -1;
    return REAL(mkdir)(path, mode);
}

int link(const char *from, const char *to) {
    if (is_below(to) && fails("link")) return -1;
    return REAL(link)(from, to);
}
