/* SPDX-License-Identifier: Apache-2.0 */
/* What keeps a portal fast over months; entente-tidy.timer runs it daily. */
#include "prog/ctl.h"

#include <dirent.h>
#include <errno.h>
#include <fcntl.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "base/clock.h"
#include "domain/advisory.h"
#include "domain/blob_orphan.h"
#include "domain/bundle.h"
#include "domain/document.h"

struct tidy {
	struct ctl *ctl;
	int64_t before_at; /* files last written before are left over */
	json_t *result;
};

static void
count(struct tidy *t, const char *name, int64_t n)
{
	json_object_set_new(t->result, name, json_integer((json_int_t)n));
}

/* ---- search indexes ---------------------------------------------------- */

static enum ctl_exit
merge(struct tidy *t)
{
	static const struct {
		const char *what, *name;
		enum err (*merge)(struct ctx *, int64_t *pieces);
	} indexes[] = {
		{ "The search index of advisories", "pieces",
		    advisory_index_merge },
		{ "That of documents", "document_pieces",
		    document_index_merge },
	};
	struct ctl *ctl = t->ctl;
	int64_t pieces;
	enum err rc;

	for (size_t i = 0; i < sizeof(indexes) / sizeof(indexes[0]); i++) {
		rc = indexes[i].merge(&ctl->ctx, &pieces);
		if (rc != ERR_OK)
			return ctl_fail(
			    ctl, rc, "%s: %s", indexes[i].what, ctl_reason(rc));
		ctl_say(ctl, "%s is in %lld piece%s.", indexes[i].what,
		    (long long)pieces, pieces == 1 ? "" : "s");
		count(t, indexes[i].name, pieces);
	}
	return CTL_DONE;
}

/* ---- what was left over ------------------------------------------------ */

static bool
is_left_over(int folder, const char *name, int64_t before_at)
{
	struct stat st;

	return fstatat(folder, name, &st, AT_SYMLINK_NOFOLLOW) == 0 &&
	    S_ISREG(st.st_mode) && st.st_mtim.tv_sec < before_at / CLOCK_S;
}

/* Of requests that a worker did not live to answer. */
static enum ctl_exit
remove_uploads(struct tidy *t)
{
	const char *path = ctl_path(t->ctl, CONF_UPLOAD_DIR);
	const struct dirent *entry;
	DIR *folder = opendir(path);
	int64_t n = 0;

	if (folder == NULL && errno != ENOENT)
		return ctl_fail(
		    t->ctl, ERR_INTERNAL, "%s: %s.", path, strerror(errno));
	while (folder != NULL && (entry = readdir(folder)) != NULL)
		if (is_left_over(dirfd(folder), entry->d_name, t->before_at) &&
		    unlinkat(dirfd(folder), entry->d_name, 0) == 0)
			n++;
	if (folder != NULL)
		closedir(folder);
	if (n > 0)
		ctl_say(t->ctl, "Uploads that were never taken, removed: %lld.",
		    (long long)n);
	count(t, "uploads", n);
	return CTL_DONE;
}

static enum ctl_exit
remove_orphans(struct tidy *t)
{
	struct blob_orphans o;
	int64_t unused;
	enum err rc;

	rc = blob_forget_unused(&t->ctl->ctx, t->before_at, &unused);
	if (rc == ERR_OK)
		rc = blob_orphans_remove(&t->ctl->ctx, t->before_at, &o);
	if (rc != ERR_OK)
		return ctl_fail(
		    t->ctl, rc, "files of documents: %s", ctl_reason(rc));
	if (o.count > 0)
		ctl_say(t->ctl,
		    "Files that no document has, removed: %lld, %lld bytes.",
		    (long long)o.count, (long long)o.bytes);
	count(t, "orphans", o.count);
	return CTL_DONE;
}

static enum ctl_exit
expire_bundles(struct tidy *t)
{
	int64_t n;
	enum err rc = bundle_expire(&t->ctl->ctx, &n);

	if (rc != ERR_OK)
		return ctl_fail(t->ctl, rc, "bundles: %s", ctl_reason(rc));
	if (n > 0)
		ctl_say(t->ctl, "Bundles that are not kept any more: %lld.",
		    (long long)n);
	count(t, "bundles", n);
	return CTL_DONE;
}

enum ctl_exit
ctl_tidy(struct ctl *ctl, int argc, char **argv)
{
	struct ctl_option none[] = { { .name = NULL } };
	struct tidy t = { .ctl = ctl,
		.before_at = ctl->ctx.now_at - CTL_LEFT_OVER };
	enum ctl_exit rc;
	int n;

	rc = ctl_arguments(ctl, argc, argv, none, 0, 0, &n);
	if (rc != CTL_DONE)
		return rc;
	t.result = json_object();
	if ((rc = merge(&t)) == CTL_DONE &&
	    (rc = remove_uploads(&t)) == CTL_DONE &&
	    (rc = expire_bundles(&t)) == CTL_DONE &&
	    (rc = remove_orphans(&t)) == CTL_DONE)
		return ctl_done(ctl, t.result);
	json_decref(t.result);
	return rc;
}
