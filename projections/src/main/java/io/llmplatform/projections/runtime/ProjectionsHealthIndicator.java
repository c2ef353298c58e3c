package io.llmplatform.projections.runtime;

import java.util.List;
import java.util.stream.Collectors;
import org.springframework.boot.health.contributor.Health;
import org.springframework.boot.health.contributor.HealthIndicator;
import org.springframework.dao.DataAccessException;
import org.springframework.stereotype.Component;
import org.springframework.transaction.TransactionException;

/**
 * {@code STARTING} until every projection has read or met an obstacle, {@code DEGRADED} while one fails or something is
 * parked, {@code DOWN} without PostgreSQL.
 */
@Component
class ProjectionsHealthIndicator implements HealthIndicator {
    private final ProjectionRuntime runtime;
    private final ParkingLot parking;

    ProjectionsHealthIndicator(ProjectionRuntime runtime, ParkingLot parking) {
        this.runtime = runtime;
        this.parking = parking;
    }

    @Override
    public Health health() {
        var projections = runtime.status();
        long parked;
        try {
            parked = parking.count();
        } catch (DataAccessException | TransactionException e) {
            return Health.down()
                    .withDetail("error", "PostgreSQL is not available")
                    .build();
        }
        return Health.status(overall(projections, parked))
                .withDetail("parked", parked)
                .withDetails(projections.stream()
                        .collect(Collectors.toMap(status -> status.id().name(), ProjectionsHealthIndicator::describe)))
                .build();
    }

    private static String overall(List<ProjectionStatus> projections, long parked) {
        if (projections.stream().anyMatch(status -> status.state() == RunState.STARTING)) {
            return "STARTING";
        }
        boolean failing = projections.stream().anyMatch(status -> status.state() == RunState.FAILING);
        return failing || parked > 0 ? "DEGRADED" : "UP";
    }

    private static String describe(ProjectionStatus status) {
        return status.state().wire()
                + (status.lag() == null ? "" : ", lag " + status.lag())
                + (status.detail() == null ? "" : ": " + status.detail());
    }
}
