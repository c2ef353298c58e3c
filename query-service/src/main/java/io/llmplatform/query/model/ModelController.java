package io.llmplatform.query.model;

import io.llmplatform.contracts.http.Role;
import io.llmplatform.query.access.Allowed;
import io.llmplatform.query.access.Person;
import io.llmplatform.query.page.Filters;
import io.llmplatform.query.page.Listing;
import io.llmplatform.query.page.Page;
import io.llmplatform.query.provider.ProviderNames;
import io.llmplatform.query.web.RefusedException;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.springframework.data.jpa.domain.Specification;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.RestController;

/** Models. A member sees names and prices, not where they run. */
@RestController
@RequestMapping("/api/admin/v1/models")
class ModelController {
    private final ModelRows rows;
    private final DeploymentRows deployments;
    private final ProviderNames providers;

    ModelController(ModelRows rows, DeploymentRows deployments, ProviderNames providers) {
        this.rows = rows;
        this.deployments = deployments;
        this.providers = providers;
    }

    @GetMapping
    @Allowed({Role.ADMIN, Role.AUDITOR, Role.MANAGER, Role.MEMBER})
    Page<ModelView> list(
            Person person,
            @RequestParam @Nullable String q,
            @RequestParam @Nullable String status,
            @RequestParam(defaultValue = "50") int limit,
            @RequestParam @Nullable String cursor) {
        Specification<ModelRow> filter =
                Specification.allOf(Filters.contains(q, "name"), Filters.equal("status", status));
        var window = Listing.of(rows, filter, limit, cursor);
        var byModel = deployments(person, window.getContent());
        return Listing.page(window, row -> row.view(byModel.getOrDefault(row.id(), List.of())), ModelRow::cursor);
    }

    @GetMapping("/{id}")
    @Allowed({Role.ADMIN, Role.AUDITOR, Role.MANAGER, Role.MEMBER})
    ModelView get(Person person, @PathVariable String id) {
        return rows.findById(id)
                .map(row -> row.view(deployments(person, List.of(row)).getOrDefault(id, List.of())))
                .orElseThrow(() -> RefusedException.notFound("model", id));
    }

    private Map<String, List<ModelView.Deployment>> deployments(Person person, List<ModelRow> models) {
        if (!person.seesEverything() || models.isEmpty()) {
            return Map.of();
        }
        var all = deployments.findByModelIdInOrderByModelIdAscPlaceAsc(
                models.stream().map(ModelRow::id).toList());
        var names = providers.of(all.stream().map(DeploymentRow::providerId).collect(Collectors.toSet()));
        return all.stream()
                .collect(Collectors.groupingBy(
                        DeploymentRow::modelId,
                        Collectors.mapping(row -> row.view(names.get(row.providerId())), Collectors.toList())));
    }
}
