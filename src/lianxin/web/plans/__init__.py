"""部署和落实: documents of superiors, petitions, plans with their tasks, work meetings."""
