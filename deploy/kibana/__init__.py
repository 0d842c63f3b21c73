"""What Kibana shows of crossclaim: data views, saved searches, Lens charts, dashboards, alerting rules.

`python -m deploy.kibana` writes them to schemas/kibana/; `crossclaim setup` imports them from there.
"""
