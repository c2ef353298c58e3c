package io.llmplatform.query.usage.request;

import io.llmplatform.contracts.http.Role;
import io.llmplatform.query.access.Allowed;
import io.llmplatform.query.access.Person;
import io.llmplatform.query.page.Page;
import io.llmplatform.query.usage.UsageFilter;
import io.llmplatform.query.web.RefusedException;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import org.jspecify.annotations.Nullable;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.RestController;

/** Single requests. */
@RestController
@RequestMapping("/api/admin/v1/usage/requests")
class UsageRequestController {
    private final UsageRequests requests;
    private final UsageExports exports;
    private final UsageRequestDetails details;

    UsageRequestController(UsageRequests requests, UsageExports exports, UsageRequestDetails details) {
        this.requests = requests;
        this.exports = exports;
        this.details = details;
    }

    @GetMapping
    @Allowed({Role.ADMIN, Role.AUDITOR, Role.MANAGER, Role.MEMBER})
    Page<UsageRequest> list(
            Person person,
            UsageFilter filter,
            @RequestParam @Nullable String from,
            @RequestParam @Nullable String to,
            @RequestParam(name = "request_id") @Nullable String requestId,
            @RequestParam @Nullable Integer status,
            @RequestParam(name = "billed_model") @Nullable String billedModel,
            @RequestParam(defaultValue = "50") int limit,
            @RequestParam @Nullable String cursor) {
        return requests.find(RequestFilter.of(filter, requestId, status, billedModel, from, to), person, limit, cursor);
    }

    @GetMapping("/export")
    @Allowed({Role.ADMIN, Role.AUDITOR, Role.MANAGER, Role.MEMBER})
    void export(
            Person person,
            UsageFilter filter,
            @RequestParam @Nullable String from,
            @RequestParam @Nullable String to,
            @RequestParam(name = "request_id") @Nullable String requestId,
            @RequestParam @Nullable Integer status,
            @RequestParam(name = "billed_model") @Nullable String billedModel,
            @RequestParam(defaultValue = "csv") String format,
            HttpServletRequest request,
            HttpServletResponse response) {
        exports.write(
                RequestFilter.of(filter, requestId, status, billedModel, from, to),
                person,
                format,
                response,
                request.getMethod().equals("HEAD"));
    }

    @GetMapping("/{id}")
    @Allowed({Role.ADMIN, Role.AUDITOR, Role.MANAGER, Role.MEMBER})
    UsageRequestDetail get(Person person, UsageFilter filter, @PathVariable String id) {
        return details.find(filter, person, id).orElseThrow(() -> RefusedException.notFound("request", id));
    }
}
