package io.llmplatform.query.projection;

import io.llmplatform.contracts.http.Role;
import io.llmplatform.query.access.Allowed;
import io.llmplatform.query.page.Cursor;
import io.llmplatform.query.page.Page;
import io.llmplatform.query.web.RefusedException;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.RestController;

/** Reads under {@code projections}. */
@RestController
@RequestMapping("/api/admin/v1/projections")
class ProjectionController {
    private final ProjectionRows rows;

    ProjectionController(ProjectionRows rows) {
        this.rows = rows;
    }

    @GetMapping
    @Allowed({Role.ADMIN, Role.AUDITOR})
    Projections list() {
        return new Projections(rows.all());
    }

    @GetMapping("/{name}")
    @Allowed({Role.ADMIN, Role.AUDITOR})
    ProjectionView get(@PathVariable String name) {
        return rows.all().stream()
                .filter(projection -> projection.name().equals(name))
                .findFirst()
                .orElseThrow(() -> RefusedException.notFound("projection", name));
    }

    @GetMapping("/{name}/parked")
    @Allowed({Role.ADMIN, Role.AUDITOR})
    Page<ParkedView> parked(
            @PathVariable String name,
            @RequestParam(defaultValue = "50") int limit,
            @RequestParam @Nullable String cursor) {
        return rows.parked(get(name).name(), limit, Cursor.decode(cursor));
    }

    record Projections(List<ProjectionView> data) {}
}
