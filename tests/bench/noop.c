/* SPDX-License-Identifier: Apache-2.0 */
/*
 * A FastCGI program that does nothing: /N answers with N bytes and as many
 * headers as a page of the portal has.  What it reaches is what pages are
 * measured against.
 */
#include <fcgiapp.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

enum { BODY_MAX = 16 * 1024 * 1024 };

/* As web/resp.c sends them. */
static const char headers[] =
    "Content-Type: text/html; charset=utf-8\r\n"
    "Content-Language: en\r\n"
    "Cache-Control: no-store\r\n"
    "Content-Security-Policy: default-src 'none'; script-src 'self'; "
    "style-src 'self'; img-src 'self' data:; font-src 'self'; "
    "connect-src 'self'; form-action 'self'; frame-ancestors 'none'; "
    "base-uri 'none'; object-src 'none'; require-trusted-types-for 'script'"
    "\r\n"
    "X-Content-Type-Options: nosniff\r\n"
    "Referrer-Policy: same-origin\r\n"
    "Cross-Origin-Opener-Policy: same-origin\r\n"
    "Cross-Origin-Resource-Policy: same-origin\r\n"
    "Permissions-Policy: accelerometer=(), camera=(), display-capture=(), "
    "geolocation=(), gyroscope=(), microphone=(), midi=(), payment=(), "
    "usb=(), publickey-credentials-create=(self), "
    "publickey-credentials-get=(self)\r\n"
    "Vary: Cookie, Accept-Language\r\n";

int
main(void)
{
	FCGX_Request r;
	const char *uri;
	char *body;
	long n;

	if ((body = malloc(BODY_MAX)) == NULL || FCGX_Init() != 0 ||
	    FCGX_InitRequest(&r, 0, 0) != 0)
		return 1;
	memset(body, 'x', BODY_MAX);
	while (FCGX_Accept_r(&r) == 0) {
		uri = FCGX_GetParam("REQUEST_URI", r.envp);
		n = uri != NULL && *uri == '/' ? strtol(uri + 1, NULL, 10) : 0;
		if (n < 0 || n > BODY_MAX)
			n = 0;
		FCGX_FPrintF(r.out,
		    "Status: 200 OK\r\n%sContent-Length: %ld"
		    "\r\n\r\n",
		    headers, n);
		FCGX_PutStr(body, (int)n, r.out);
		FCGX_Finish_r(&r);
	}
	return 0;
}
