package io.llmplatform.query.audit;

import io.llmplatform.contracts.http.Headers;
import io.llmplatform.contracts.http.Role;
import io.llmplatform.query.access.Allowed;
import io.llmplatform.query.page.Page;
import org.jspecify.annotations.Nullable;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.RequestHeader;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.RestController;
import tools.jackson.databind.node.ObjectNode;

/** Who changed what, newest first. */
@RestController
@RequestMapping("/api/admin/v1/audit/events")
class AuditController {
    private final AuditSearch search;

    AuditController(AuditSearch search) {
        this.search = search;
    }

    @GetMapping
    @Allowed({Role.ADMIN, Role.AUDITOR})
    Page<ObjectNode> list(
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
}
