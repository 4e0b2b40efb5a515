// SPDX-License-Identifier: Apache-2.0
#pragma once
#include <microhttpd.h>
#include <stdio.h>

// Swift imports neither variadic functions nor unions reached through them: these inline functions call them.

// How Swift names the cases of a C enum depends on the library's attributes for it, which change between versions.
static const enum MHD_Result httpd_yes = MHD_YES;
static const enum MHD_Result httpd_no = MHD_NO;
static const enum MHD_ValueKind httpd_header_kind = MHD_HEADER_KIND;
static const enum MHD_ResponseMemoryMode httpd_copy_body = MHD_RESPMEM_MUST_COPY;
static const enum MHD_RequestTerminationCode httpd_completed_ok = MHD_REQUEST_TERMINATED_COMPLETED_OK;
static const enum MHD_ConnectionNotificationCode httpd_connection_opened = MHD_CONNECTION_NOTIFY_STARTED;

/// What a daemon calls. Each function gets `context` first; `log` gets one message without its line end.
struct httpd_callbacks {
  void *context;
  MHD_AccessHandlerCallback access;
  MHD_RequestCompletedCallback completed;
  MHD_NotifyConnectionCallback connection;
  void *(*target) (void *context, const char *target, struct MHD_Connection *connection);
  void (*log) (void *context, const char *message);
};

struct httpd_settings {
  int listening_socket;
  unsigned int connections;
  size_t connection_memory;
  unsigned int idle_timeout_seconds;
};

static void
httpd_log (void *callbacks, const char *format, va_list arguments)
{
  const struct httpd_callbacks *c = (const struct httpd_callbacks *) callbacks;
  char message[512];
  int length = vsnprintf (message, sizeof (message), format, arguments);
  if (length < 0)
    return;
  if (length >= (int) sizeof (message))
    length = (int) sizeof (message) - 1;
  while (length > 0 && ('\n' == message[length - 1] || ' ' == message[length - 1]))
    message[--length] = '\0';
  c->log (c->context, message);
}

/// Paths and queries are decoded by the caller: the library would cut a path at %00.
static size_t
httpd_leave_escaped (void *context, struct MHD_Connection *connection, char *text)
{
  size_t length = 0;
  (void) context; (void) connection;
  while ('\0' != text[length])
    length++;
  return length;
}

/// `callbacks` must live until `MHD_stop_daemon` has returned.
static inline struct MHD_Daemon *
httpd_start (const struct httpd_settings *settings, struct httpd_callbacks *callbacks)
{
  // The logger comes first: options before it would report to stderr.
  return MHD_start_daemon (
    MHD_USE_EPOLL_INTERNAL_THREAD | MHD_ALLOW_SUSPEND_RESUME | MHD_USE_ERROR_LOG,
    0, NULL, NULL, callbacks->access, callbacks->context,
    MHD_OPTION_EXTERNAL_LOGGER, &httpd_log, callbacks,
    MHD_OPTION_LISTEN_SOCKET, settings->listening_socket,
    MHD_OPTION_CONNECTION_LIMIT, settings->connections,
    MHD_OPTION_CONNECTION_MEMORY_LIMIT, settings->connection_memory,
    MHD_OPTION_CONNECTION_TIMEOUT, settings->idle_timeout_seconds,
    // Strict mode would refuse a missing Host and a space in the target, with a broken answer: the caller does.
    MHD_OPTION_STRICT_FOR_CLIENT, 0,
    MHD_OPTION_UNESCAPE_CALLBACK, &httpd_leave_escaped, NULL,
    MHD_OPTION_URI_LOG_CALLBACK, callbacks->target, callbacks->context,
    MHD_OPTION_NOTIFY_COMPLETED, callbacks->completed, callbacks->context,
    MHD_OPTION_NOTIFY_CONNECTION, callbacks->connection, callbacks->context,
    MHD_OPTION_END);
}

/// Ends the connection after this response, which is then not sent in chunks.
static inline enum MHD_Result
httpd_close_after (struct MHD_Response *response)
{
  return MHD_set_response_options (response, MHD_RF_HTTP_1_0_COMPATIBLE_STRICT, MHD_RO_END);
}

/// What the `connection` callback stored for this connection; NULL before.
static inline void *
httpd_socket_context (struct MHD_Connection *connection)
{
  const union MHD_ConnectionInfo *info = MHD_get_connection_info (connection, MHD_CONNECTION_INFO_SOCKET_CONTEXT);
  return NULL == info ? NULL : info->socket_context;
}

static inline int
httpd_socket (struct MHD_Connection *connection)
{
  const union MHD_ConnectionInfo *info = MHD_get_connection_info (connection, MHD_CONNECTION_INFO_CONNECTION_FD);
  return NULL == info ? -1 : info->connect_fd;
}

static inline const struct sockaddr *
httpd_peer (struct MHD_Connection *connection)
{
  const union MHD_ConnectionInfo *info = MHD_get_connection_info (connection, MHD_CONNECTION_INFO_CLIENT_ADDRESS);
  return NULL == info ? NULL : info->client_addr;
}

/// Bytes from the first of the request line to the last of the empty line after the headers; 0 before they are complete.
static inline size_t
httpd_head_size (struct MHD_Connection *connection)
{
  const union MHD_ConnectionInfo *info = MHD_get_connection_info (connection, MHD_CONNECTION_INFO_REQUEST_HEADER_SIZE);
  return NULL == info ? 0 : info->header_size;
}
