package io.llmplatform.query.audit;

import io.llmplatform.contracts.http.Headers;
import io.llmplatform.contracts.http.Role;
import io.llmplatform.contracts.read.ReadRecord;
import io.llmplatform.query.access.Allowed;
import io.llmplatform.query.reading.ExportHeaders;
import io.llmplatform.query.reading.Recorded;
import java.io.IOException;
import org.jspecify.annotations.Nullable;
import org.springframework.core.io.Resource;
import org.springframework.http.ContentDisposition;
import org.springframework.http.HttpHeaders;
import org.springframework.http.MediaType;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.RequestHeader;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.RestController;

/** Who changed what, newest first. */
@RestController
@RequestMapping("/api/admin/v1/audit")
class AuditController {
    private final AuditSearch search;
    private final AuditExport export;

    AuditController(AuditSearch search, AuditExport export) {
        this.search = search;
        this.export = export;
    }

    @GetMapping("/events")
    @Allowed({Role.ADMIN, Role.AUDITOR})
    @Recorded(ReadRecord.Type.AUDIT_READ)
    AuditSearch.AuditPage list(
            @RequestParam @Nullable String q,
            @RequestParam @Nullable String type,
            @RequestParam @Nullable String actor,
            @RequestParam(name = "entity_type") @Nullable String entityType,
            @RequestParam(name = "entity_id") @Nullable String entityId,
            @RequestParam(name = "request_id") @Nullable String requestId,
            @RequestParam @Nullable String from,
            @RequestParam @Nullable String to,
            @RequestParam(defaultValue = "50") int limit,
            @RequestParam @Nullable String cursor,
            @RequestHeader(name = Headers.CONSISTENCY_TOKEN, required = false) @Nullable String token) {
        var filter = new AuditFilter(q, type, actor, entityType, entityId, requestId, from, to);
        return search.find(filter, limit, cursor, token != null);
    }

    @GetMapping("/events/{id}")
    @Allowed({Role.ADMIN, Role.AUDITOR})
    @Recorded(ReadRecord.Type.AUDIT_READ)
    AuditSearch.AuditEntry get(@PathVariable String id) {
        return search.entry(id);
    }

    @GetMapping("/export")
    @Allowed({Role.ADMIN, Role.AUDITOR})
    @Recorded(ReadRecord.Type.DATA_EXPORTED)
    ResponseEntity<Resource> export(
            @RequestParam @Nullable String q,
            @RequestParam @Nullable String type,
            @RequestParam @Nullable String actor,
            @RequestParam(name = "entity_type") @Nullable String entityType,
            @RequestParam(name = "entity_id") @Nullable String entityId,
            @RequestParam(name = "request_id") @Nullable String requestId,
            @RequestParam @Nullable String from,
            @RequestParam @Nullable String to,
            @RequestParam(defaultValue = "jsonl") String format)
            throws IOException {
        var filter = new AuditFilter(q, type, actor, entityType, entityId, requestId, from, to);
        var file = export.of(filter, format.equals("csv"));
        return ResponseEntity.ok()
                .header(
                        HttpHeaders.CONTENT_DISPOSITION,
                        ContentDisposition.attachment()
                                .filename("audit." + format)
                                .build()
                                .toString())
                .header(ExportHeaders.ROWS, String.valueOf(file.rows()))
                .contentType(MediaType.parseMediaType(
                        format.equals("csv") ? "text/csv;charset=UTF-8" : "application/jsonl;charset=UTF-8"))
                .contentLength(file.bytes())
                .body(file.content());
    }
}
