package io.llmplatform.query.team;

import java.util.Collection;
import java.util.List;
import java.util.Optional;
import org.springframework.data.jpa.repository.JpaSpecificationExecutor;
import org.springframework.data.repository.Repository;

interface TeamRows extends Repository<TeamRow, String>, JpaSpecificationExecutor<TeamRow> {
    Optional<TeamRow> findById(String id);

    List<TeamRow> findByIdIn(Collection<String> ids);
}
