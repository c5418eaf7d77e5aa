/* SPDX-License-Identifier: Apache-2.0 */
#include "prog/ctl_doctor.h"

#include <arpa/inet.h>
#include <errno.h>
#include <netinet/in.h>
#include <stdio.h>
#include <string.h>
#include <sys/socket.h>
#include <sys/stat.h>
#include <sys/statvfs.h>
#include <sys/timex.h>
#include <sys/un.h>
#include <unistd.h>

#include "base/text.h"

enum {
	FREE_WARN = 20, /* percent of the disk */
	FREE_BAD = 5,
	HASH_MIB = 64, /* what a login worker takes while it hashes */
	LOGIN_WORKERS = 2
};

/* ---- disk, memory, clock --------------------------------------------- */

void
doctor_disk(struct doctor *d)
{
	const char *dir = d->ctl->conf->data_dir;
	enum doctor_word v = DOCTOR_OK;
	const char *mend = NULL;
	struct statvfs fs;
	int percent;

	d->subject = "disk";
	if (statvfs(dir, &fs) == -1 || fs.f_blocks == 0) {
		doctor_tell(d, DOCTOR_WARN,
		    SAY(d, "%s: %s.", dir, strerror(errno)), NULL);
		return;
	}
	percent = (int)(fs.f_bavail * 100 / fs.f_blocks);
	if (percent < FREE_WARN) {
		v = percent < FREE_BAD ? DOCTOR_BAD : DOCTOR_WARN;
		mend = "Move backups away, or give the disk more room: a full"
		       " disk refuses everything that is written.";
	}
	doctor_tell(d, v,
	    SAY(d, "%d %% of it are free (%llu MiB).", percent,
		(unsigned long long)fs.f_bavail * fs.f_frsize >> 20),
	    mend);
}

void
doctor_memory(struct doctor *d)
{
	const long need_mib = 4L * HASH_MIB * LOGIN_WORKERS;
	long free_kib = -1;
	char line[128];
	FILE *f;

	d->subject = "memory";
	if ((f = fopen("/proc/meminfo", "re")) != NULL) {
		while (fgets(line, sizeof(line), f) != NULL)
			if (sscanf(line, "MemAvailable: %ld", &free_kib) == 1)
				break;
		fclose(f);
	}
	if (free_kib < 0)
		doctor_tell(
		    d, DOCTOR_WARN, "how much is free is not known.", NULL);
	else if (free_kib / 1024 < need_mib)
		doctor_tell(d, DOCTOR_WARN,
		    SAY(d, "only %ld MiB are free.", free_kib / 1024),
		    SAY(d,
			"Each login worker takes %d MiB while it hashes a"
			" password: run fewer, or add memory.",
			(int)HASH_MIB));
	else
		doctor_tell(d, DOCTOR_OK,
		    SAY(d, "%ld MiB are free.", free_kib / 1024), NULL);
}

/* Codes of the second factor are good for half a minute. */
void
doctor_clock(struct doctor *d)
{
	struct timex t = { .modes = 0 };
	struct stat st;

	d->subject = "clock";
	if (d->ctl->conf != NULL &&
	    stat(ctl_path(d->ctl, "portal.db"), &st) == 0 &&
	    st.st_mtime > d->ctl->ctx.now_at / 1000000 + 60)
		doctor_tell(d, DOCTOR_BAD,
		    "it is behind the last change of the database.",
		    "Set it, e.g. by: timedatectl set-ntp true");
	else if (adjtimex(&t) == -1 || (t.status & STA_UNSYNC) != 0)
		doctor_tell(d, DOCTOR_WARN,
		    "nothing keeps it right; codes fail when it is 30 seconds"
		    " off.",
		    "Install systemd-timesyncd or chrony.");
	else
		doctor_tell(d, DOCTOR_OK, "it is kept right.", NULL);
}

/* ---- sockets and ports ----------------------------------------------- */

static bool
answers(const char *path)
{
	struct sockaddr_un address = { .sun_family = AF_UNIX };
	bool is_there;
	int fd;

	if (strlen(path) >= sizeof(address.sun_path))
		return false;
	memcpy(address.sun_path, path, strlen(path) + 1);
	if ((fd = socket(AF_UNIX, SOCK_STREAM | SOCK_CLOEXEC, 0)) == -1)
		return false;
	is_there =
	    connect(fd, (struct sockaddr *)&address, sizeof(address)) == 0;
	close(fd);
	return is_there;
}

/* Under systemd in /run/entente, under `make run` beside the data. */
static void
look_at_socket(struct doctor *d, const char *program)
{
	const char *const path[] = {
		SAY(d, "/run/entente/%s.sock", program),
		SAY(d, "%s/../sockets/%s.sock", d->ctl->conf->data_dir,
		    program),
	};

	d->subject = program;
	for (size_t i = 0; i < sizeof(path) / sizeof(path[0]); i++) {
		if (!answers(path[i]))
			continue;
		doctor_tell(d, DOCTOR_OK,
		    SAY(d, "%s takes connections.", path[i]), NULL);
		return;
	}
	doctor_tell(d, DOCTOR_BAD, SAY(d, "%s takes no connection.", path[0]),
	    SAY(d,
		"Run: systemctl start entente-%s.socket; what it says is"
		" in: journalctl -u 'entente-%s*'",
		program, program));
}

void
doctor_sockets(struct doctor *d)
{
	look_at_socket(d, "portal");
	look_at_socket(d, "login");
	look_at_socket(d, "upload");
	look_at_socket(d, "signer");
	look_at_socket(d, "witness");
}

static bool
is_port_open(int port)
{
	struct sockaddr_in address = { .sin_family = AF_INET,
		.sin_port = htons((uint16_t)port),
		.sin_addr.s_addr = htonl(INADDR_LOOPBACK) };
	bool is_open;
	int fd;

	if ((fd = socket(AF_INET, SOCK_STREAM | SOCK_CLOEXEC, 0)) == -1)
		return false;
	is_open =
	    connect(fd, (struct sockaddr *)&address, sizeof(address)) == 0;
	close(fd);
	return is_open;
}

/* Of "https://host" or "http://[::1]:8080"; conf.c has checked the form. */
static int
port_of(const char *origin)
{
	bool is_tls = text_starts(origin, "https://");
	const char *host = strstr(origin, "://") + 3;
	const char *colon = strrchr(host, ':');
	int64_t port;

	if (colon == NULL || !text_to_int(colon + 1, 1, 65535, &port))
		return is_tls ? 443 : 80;
	return (int)port;
}

void
doctor_ports(struct doctor *d)
{
	char *const *origin = d->ctl->conf->origin;

	d->subject = "ports";
	for (; *origin != NULL; origin++) {
		int port = port_of(*origin);

		if (is_port_open(port))
			doctor_tell(d, DOCTOR_OK,
			    SAY(d, "something listens on port %d for %s.", port,
				*origin),
			    NULL);
		else
			doctor_tell(d, DOCTOR_BAD,
			    SAY(d, "nothing listens on port %d for %s.", port,
				*origin),
			    "Run: nginx -t, then: systemctl restart nginx");
	}
}

void
doctor_nginx(struct doctor *d)
{
	const char *site = "/etc/nginx/sites-enabled/entente";

	d->subject = "nginx";
	if (access("/usr/sbin/nginx", X_OK) == -1)
		doctor_tell(d, DOCTOR_BAD, "it is not installed.",
		    "Run: apt-get install nginx");
	else if (access(site, F_OK) == 0)
		doctor_tell(d, DOCTOR_OK, "the site is enabled.", NULL);
	else if (d->ctl->conf != NULL && d->ctl->conf->has_signin_links)
		doctor_tell(d, DOCTOR_OK,
		    "a demonstration brings its own configuration.", NULL);
	else
		doctor_tell(d, DOCTOR_WARN, SAY(d, "%s is not there.", site),
		    SAY(d, "Run: ln -s ../sites-available/entente %s", site));
}
