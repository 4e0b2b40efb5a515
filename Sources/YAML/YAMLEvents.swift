// SPDX-License-Identifier: Apache-2.0
import CYAML

/// libyaml's parser over a text: one event after the other, copied out of C's memory.
final class YAMLEvents {
    enum Event {
        case documentStart, documentEnd, streamEnd
        case alias
        case scalar(text: String, isPlain: Bool, Decoration)
        case sequenceStart(Decoration), sequenceEnd
        case mappingStart(Decoration), mappingEnd
    }

    /// What may stand before a value. We allow neither.
    struct Decoration {
        let anchor: Bool
        let tag: Bool
    }

    private let parser = UnsafeMutablePointer<yaml_parser_t>.allocate(capacity: 1)
    private let text: UnsafeBufferPointer<UInt8>
    private let file: String?

    /// - Parameter text: must stay valid as long as this object, which keeps no copy.
    init(of text: UnsafeBufferPointer<UInt8>, file: String?) throws(YAMLError) {
        self.text = text
        self.file = file
        guard yaml_parser_initialize(parser) == 1 else {
            parser.pointee = yaml_parser_t()
            throw YAMLError(file: file, mark: nil, message: "cannot be parsed: out of memory")
        }
        yaml_parser_set_encoding(parser, YAML_UTF8_ENCODING)        // else a UTF-16 mark would be believed
        yaml_parser_set_input_string(parser, text.baseAddress, text.count)
    }

    deinit {
        yaml_parser_delete(parser)      // of a zeroed parser too: it frees only what it holds
        parser.deallocate()
    }

    func next() throws(YAMLError) -> (event: Event, mark: YAMLMark) {
        var event = yaml_event_t()
        guard yaml_parser_parse(parser, &event) == 1 else { throw failure() }
        defer { yaml_event_delete(&event) }
        let mark = YAMLMark(event.start_mark)
        switch event.type {
        case YAML_STREAM_START_EVENT: return try next()
        case YAML_DOCUMENT_START_EVENT: return (.documentStart, mark)
        case YAML_DOCUMENT_END_EVENT: return (.documentEnd, mark)
        case YAML_ALIAS_EVENT: return (.alias, mark)
        case YAML_SEQUENCE_START_EVENT:
            let start = event.data.sequence_start
            return (.sequenceStart(Decoration(anchor: start.anchor != nil, tag: start.tag != nil)), mark)
        case YAML_SEQUENCE_END_EVENT: return (.sequenceEnd, mark)
        case YAML_MAPPING_START_EVENT:
            let start = event.data.mapping_start
            return (.mappingStart(Decoration(anchor: start.anchor != nil, tag: start.tag != nil)), mark)
        case YAML_MAPPING_END_EVENT: return (.mappingEnd, mark)
        case YAML_SCALAR_EVENT:
            let scalar = event.data.scalar
            let text = String(decoding: UnsafeBufferPointer(start: scalar.value, count: scalar.length), as: UTF8.self)
            let decoration = Decoration(anchor: scalar.anchor != nil, tag: scalar.tag != nil)
            return (.scalar(text: text, isPlain: scalar.style == YAML_PLAIN_SCALAR_STYLE, decoration), mark)
        default: return (.streamEnd, mark)      // YAML_NO_EVENT: libyaml's answer to whoever asks on after the end
        }
    }

    private func failure() -> YAMLError {
        let parser = parser.pointee
        let problem = parser.problem.map { String(cString: $0) } ?? "out of memory"
        switch parser.error {
        case YAML_MEMORY_ERROR: return YAMLError(file: file, mark: nil, message: "cannot be parsed: out of memory")
        case YAML_READER_ERROR:         // has an offset instead of a mark
            return YAMLError(file: file, mark: mark(at: parser.problem_offset), message: problem)
        default:
            let context = parser.context.map { " " + String(cString: $0) } ?? ""
            return YAMLError(file: file, mark: YAMLMark(parser.problem_mark), message: problem + context)
        }
    }

    private func mark(at offset: Int) -> YAMLMark {
        let lines = text.prefix(offset).split(separator: UInt8(ascii: "\n"), omittingEmptySubsequences: false)
        return YAMLMark(line: lines.count, column: 1 + (lines.last?.count { !UTF8.isContinuation($0) } ?? 0))
    }
}

extension YAMLMark {
    init(_ mark: yaml_mark_t) {
        self.init(line: mark.line + 1, column: mark.column + 1)
    }
}
