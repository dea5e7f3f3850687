"""Stories (news) as editorial pages."""
