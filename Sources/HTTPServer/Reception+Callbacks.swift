// SPDX-License-Identifier: Apache-2.0
import CMicroHTTPD

/// What libmicrohttpd calls, on the daemon's thread. None of it can throw.
///
/// A `Connection` is retained from its opening to its end, an `Exchange` from the request line to `completed`, which
/// the library calls exactly once for each.
extension Reception {
    /// `self` must outlive the daemon: the context is not retained.
    var callbacks: httpd_callbacks {
        httpd_callbacks(
            context: Unmanaged.passUnretained(self).toOpaque(),
            access: { context, handle, target, method, version, data, size, exchange in
                guard let handle, let target, let method, let version, let size, let opaque = exchange?.pointee
                else { return httpd_no }
                let exchange = Unmanaged<Exchange>.fromOpaque(opaque).takeUnretainedValue()
                let piece = UnsafeRawBufferPointer(start: data, count: data == nil ? 0 : size.pointee)
                size.pointee = 0
                return exchange.proceed(handle, method, target, version, piece) ? httpd_yes : httpd_no
            },
            completed: { _, _, exchange, code in
                guard let opaque = exchange?.pointee else { return }
                exchange?.pointee = nil
                Unmanaged<Exchange>.fromOpaque(opaque).takeRetainedValue()
                    .completed(whole: code == httpd_completed_ok)
            },
            connection: { context, handle, slot, event in
                guard let reception = Reception.from(context), let handle, let slot else { return }
                switch event {
                case httpd_connection_opened:
                    let connection = Connection(socket: httpd_socket(handle), peer: describePeer(httpd_peer(handle)))
                    slot.pointee = Unmanaged.passRetained(connection).toOpaque()
                    reception.opened(connection)
                default:
                    guard let opaque = slot.pointee else { return }
                    slot.pointee = nil
                    reception.deadlines.remove(Unmanaged<Connection>.fromOpaque(opaque).takeRetainedValue())
                }
            },
            target: { context, target, handle in
                guard let reception = Reception.from(context), let target,
                    let opaque = httpd_socket_context(handle)
                else { return nil }
                let connection = Unmanaged<Connection>.fromOpaque(opaque).takeUnretainedValue()
                reception.awaitHead(on: connection)
                let exchange = Exchange(reception, connection, target: target)
                return Unmanaged.passRetained(exchange).toOpaque()
            },
            log: { context, message in
                guard let reception = Reception.from(context), let message else { return }
                reception.report(String(cString: message))
            }
        )
    }

    private static func from(_ context: UnsafeMutableRawPointer?) -> Reception? {
        context.map { Unmanaged<Reception>.fromOpaque($0).takeUnretainedValue() }
    }
}
