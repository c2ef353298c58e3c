package io.llmplatform.query.system;

import io.llmplatform.contracts.http.Role;
import io.llmplatform.query.access.Allowed;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RestController;

/** The state of what the read side depends on. Told also while the database is away, to whom it knew before. */
@RestController
@RequestMapping("/api/admin/v1/system/health")
class SystemController {
    private final SystemState state;

    SystemController(SystemState state) {
        this.state = state;
    }

    @GetMapping
    @Allowed(
            value = {Role.ADMIN, Role.AUDITOR},
            duringOutage = true)
    SystemHealth health() {
        return state.look();
    }
}
