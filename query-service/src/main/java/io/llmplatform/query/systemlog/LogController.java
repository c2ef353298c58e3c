package io.llmplatform.query.systemlog;

import io.llmplatform.contracts.http.Role;
import io.llmplatform.query.access.Allowed;
import org.jspecify.annotations.Nullable;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.RestController;

/** What the services log, newest first. */
@RestController
class LogController {
    private final LogSearch search;

    LogController(LogSearch search) {
        this.search = search;
    }

    @GetMapping("/api/admin/v1/system/logs")
    @Allowed({Role.ADMIN, Role.AUDITOR})
    LogSearch.LogPage list(
            @RequestParam @Nullable String q,
            @RequestParam @Nullable String service,
            @RequestParam @Nullable String level,
            @RequestParam @Nullable String logger,
            @RequestParam(name = "request_id") @Nullable String requestId,
            @RequestParam @Nullable String from,
            @RequestParam @Nullable String to,
            @RequestParam(defaultValue = "50") int limit,
            @RequestParam @Nullable String cursor) {
        return search.find(new LogFilter(q, service, level, logger, requestId, from, to), limit, cursor);
    }
}
